// A list's rows, in a sheet over the phone. One tap sends.

import { $, h } from "../dom.js";

let opener = null;

/** Show the rows of a list message; `pick` is called with the id of the chosen one. */
export function openList(message, from, pick) {
  const { action } = message.payload.interactive;
  openSheet(action.button, action.sections, from, pick);
}

/** Show rows to pick from, in sections as a list message has them. */
export function openSheet(title, sections, from, pick) {
  opener = from;
  $("sheet-title").textContent = title;
  $("sheet-rows").replaceChildren(...sections.flatMap((section) => sectionRows(section, pick)));
  show(true);
  $("sheet-rows").querySelector("button")?.focus();
}

export function startSheet() {
  $("sheet-close").addEventListener("click", () => show(false));
  $("sheet-back").addEventListener("click", () => show(false));
  $("sheet").addEventListener("keydown", (event) => {
    if (event.key === "Escape") show(false);
    if (event.key === "ArrowDown" || event.key === "ArrowUp") step(event);
  });
}

function sectionRows(section, pick) {
  const rows = section.rows.map((row) =>
    h(
      "button",
      { type: "button", className: "sheet-row", "data-option": row.id, onclick: () => { show(false); pick(row.id); } },
      h("b", { dir: "auto" }, row.title),
      row.description && h("small", { dir: "auto" }, row.description),
      h("i", { "aria-hidden": "true" }),
    ),
  );
  return section.title ? [h("h4", { dir: "auto" }, section.title), ...rows] : rows;
}

function show(open) {
  $("sheet").hidden = !open;
  $("sheet-back").hidden = !open;
  $("screen").inert = open;
  if (!open) opener?.focus({ preventScroll: true });
}

function step(event) {
  const rows = [...$("sheet-rows").querySelectorAll("button")];
  const place = rows.indexOf(document.activeElement) + (event.key === "ArrowDown" ? 1 : -1);
  rows[(place + rows.length) % rows.length]?.focus();
  event.preventDefault();
}
