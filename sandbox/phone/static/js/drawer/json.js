// JSON to read: indented, with its kinds of values in colour.

import { h } from "../dom.js";

const TOKENS = /("(?:\\.|[^"\\])*")(\s*:)?|(-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)|(true|false|null)/g;

/** A `pre` of this value. */
export function json(value) {
  const text = typeof value === "string" ? value : JSON.stringify(value, null, 2);
  const pre = h("pre", { className: "json", tabIndex: 0 });
  let done = 0;
  for (const found of text.matchAll(TOKENS)) {
    pre.append(text.slice(done, found.index));
    const [whole, string, colon, number] = found;
    const kind = colon ? "j-key" : string ? "j-text" : number ? "j-number" : "j-word";
    pre.append(h("span", { className: kind }, string || whole), colon || "");
    done = found.index + whole.length;
  }
  pre.append(text.slice(done));
  return pre;
}
