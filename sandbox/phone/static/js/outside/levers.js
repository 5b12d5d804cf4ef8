// What levers are made of.

import { h, icon } from "../dom.js";

/** A card of the panel. */
export const lever = (name, picture, ...content) => h("section", { className: "lever", "aria-label": name }, h("h3", {}, icon(picture), name), ...content);

export const button = (label, action, properties = {}) => h("button", { type: "button", className: "lever-button", onclick: action, ...properties }, label);
export const buttons = (...all) => h("div", { className: "lever-row" }, ...all);
export const label = (words) => h("p", { className: "lever-label" }, words);

/** Options of which one holds; `pick` is called with its value. */
export function segments(name, options, pick) {
  return h(
    "div",
    { className: "segments", role: "radiogroup", "aria-label": name },
    ...options.map(([value, words]) => h("label", {}, h("input", { type: "radio", name, value, onchange: () => pick(value) }), h("span", {}, words))),
  );
}
