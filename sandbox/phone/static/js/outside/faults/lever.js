// What is on, at a glance: a card of the panel, and a badge wherever the panel is opened.

import { $, h } from "../../dom.js";
import { on } from "../../store.js";
import { button, buttons, lever } from "../levers.js";
import { mendEverything, ofOthers, onNow } from "./state.js";

const NAMED = 3; // how many are named before the rest is counted

export function faultsLever(open) {
  on("faults", show);
  on("selected", show);
  const card = lever(
    "Faults",
    "warn",
    h("ul", { className: "on-now", id: "on-now" }),
    buttons(button("All faults", open, { id: "open-faults" }), button("Mend everything", mendEverything, { id: "mend-card", className: "lever-button mend", hidden: true })),
  );
  card.querySelector("h3").append(h("span", { className: "chip", id: "on-count" }));
  return card;
}

function show() {
  const all = onNow();
  const others = ofOthers();
  const more = all.length - NAMED;
  $("on-now").replaceChildren(
    ...all.slice(0, more === 1 ? NAMED + 1 : NAMED).map((name) => h("li", {}, name)),
    ...[more > 1 && h("li", { className: "rest" }, `and ${more} more`), others > 0 && h("li", { className: "rest" }, `and ${others} for other people`)].filter(Boolean),
  );
  $("on-now").hidden = !all.length && !others;
  $("mend-card").hidden = !all.length && !others;
  const chip = $("on-count");
  chip.textContent = all.length ? `${all.length} on` : "all well";
  chip.className = all.length ? "chip warm" : "chip good";
  const opener = $("open-world");
  opener.dataset.faults = all.length || "";
  opener.setAttribute("aria-label", all.length ? `The outside world, ${all.length} ${all.length === 1 ? "fault" : "faults"} on` : "The outside world");
}
