// What happens by itself, and when.

import { sentence } from "../api.js";
import { h } from "../dom.js";
import { dayAndTime, span } from "../time.js";
import { empty, spoken } from "./words.js";

export function deadlinesPanel(known, now) {
  if (known.error) return [empty(sentence(known.error.message))];
  const all = deadlines(known);
  if (!all.length) return [empty("No deadline is running: nothing happens here until somebody writes.")];
  return [
    h(
      "div",
      { className: "entries" },
      ...all.map(([name, at]) =>
        h(
          "article",
          { className: "entry" },
          h("header", {}, h("b", {}, spoken(name.replace(/~.*$/, "").split(/[/:]/).pop())), h("span", { className: at > now ? "count" : "count past", "data-at": at }, countdown(at, now))),
          h("div", { className: "sub" }, dayAndTime(at)),
        ),
      ),
    ),
  ];
}

export const deadlines = (known) => Object.entries(known.state?.deadlines || {}).sort((a, b) => a[1] - b[1]);
export const countdown = (at, now) => (at > now ? `in ${span(at - now)}` : `${span(now - at)} ago`);
