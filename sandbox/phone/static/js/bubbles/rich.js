// WhatsApp's own marks in a text (*bold*, _italic_, ~struck~, `code`) and addresses, as nodes.

import { h } from "../dom.js";

const MARKS = /```([\s\S]+?)```|`([^`\n]+)`|(?<![\p{L}\p{N}*])\*(\S(?:[^*\n]*\S)?)\*(?![\p{L}\p{N}*])|(?<![\p{L}\p{N}_])_(\S(?:[^_\n]*\S)?)_(?![\p{L}\p{N}_])|(?<![\p{L}\p{N}~])~(\S(?:[^~\n]*\S)?)~(?![\p{L}\p{N}~])|(https?:\/\/[^\s<>"]+[^\s<>".,;:!?)])/gu;

/** The text as a list of nodes. */
export function rich(text) {
  const nodes = [];
  let done = 0;
  for (const found of text.matchAll(MARKS)) {
    const [whole, block, code, bold, italic, struck, address] = found;
    nodes.push(text.slice(done, found.index));
    done = found.index + whole.length;
    if (block || code) nodes.push(h("code", {}, block || code));
    else if (bold) nodes.push(h("strong", {}, ...rich(bold)));
    else if (italic) nodes.push(h("em", {}, ...rich(italic)));
    else if (struck) nodes.push(h("s", {}, ...rich(struck)));
    else nodes.push(h("a", { href: address, target: "_blank", rel: "noreferrer noopener" }, address));
  }
  nodes.push(text.slice(done));
  return nodes.filter((node) => node !== "");
}
