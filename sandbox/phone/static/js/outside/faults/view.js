// All faults by subject, as switches: for the selected person, or for everybody.

import { $, h, icon } from "../../dom.js";
import { current, on } from "../../store.js";
import { segments } from "../levers.js";
import { GROUPS } from "./catalogue.js";
import { PRESETS } from "./presets.js";
import { faultRow } from "./row.js";
import { isOn, mendEverything, ofOthers, onNow, profile, sameProfile, startState, wholeProfile } from "./state.js";
import { templateRows } from "./templates.js";

const HINTS = {
  person: "Strikes this person alone, so many times. Where two would strike at the same moment, the newer takes the older’s place.",
  all: "Strikes everybody, as often as you say, until it is mended.",
};

let scope = "person";
const groups = [];

export function faultsView(back) {
  const templates = templateRows();
  for (const { name, picture, faults } of GROUPS) {
    const rows = faults.map((fault) => faultRow(fault, () => scope));
    groups.push(group(name, picture, h("div", { className: "fault-rows" }, ...rows.map((row) => row.element)), () => rows.forEach((row) => row.update()), () => rows.filter((row) => isOn(scope, row.mode)).length));
  }
  groups.push(group("Templates", "template", templates.element, templates.update, templates.broken));
  return h(
    "section",
    { className: "faults", id: "faults", "aria-label": "Faults", hidden: true },
    h(
      "header",
      {},
      h("button", { type: "button", className: "icon-button", id: "faults-back", "aria-label": "Back to the levers", onclick: back }, icon("back")),
      h("h2", {}, "Faults"),
      h("button", { type: "button", className: "lever-button mend", id: "mend", onclick: mendEverything }, "Mend everything"),
    ),
    h("div", { className: "faults-scroll" },
      segments("For whom", [["person", "For this person"], ["all", "For everybody"]], (value) => { scope = value; show(); }),
      h("p", { className: "fault-hint", id: "fault-hint" }),
      presets(),
      ...groups.map((one) => one.element),
    ),
  );
}

export function startFaults() {
  startState();
  $("faults").querySelector('input[value="person"]').checked = true;
  on("faults", show);
  on("selected", show);
  show();
}

function group(name, picture, rows, update, count) {
  const chip = h("span", { className: "chip warm" });
  const element = h("details", { className: "fault-group" }, h("summary", {}, icon(picture), h("b", {}, name), chip), rows);
  return {
    element,
    update: () => {
      update();
      const here = count();
      chip.textContent = here ? `${here} on` : "";
      chip.hidden = !here;
    },
  };
}

function presets() {
  const put = (one) => (sameProfile(profile(), one.profile) ? wholeProfile(null) : wholeProfile(one.profile));
  return h(
    "div",
    { className: "presets", id: "presets", role: "group", "aria-label": "A day for everybody" },
    ...PRESETS.map((one) =>
      h("button", { type: "button", className: "preset", "aria-pressed": "false", onclick: () => put(one) }, h("b", {}, one.name), h("span", {}, one.sentence)),
    ),
  );
}

function show() {
  const name = current()?.name;
  const [person] = $("faults").querySelectorAll(".segments span");
  person.textContent = name && name.length < 18 ? `For ${name}` : "For this person";
  $("fault-hint").textContent = HINTS[scope];
  $("presets").hidden = scope !== "all";
  [...$("presets").children].forEach((element, place) => element.setAttribute("aria-pressed", String(sameProfile(profile(), PRESETS[place].profile))));
  for (const one of groups) one.update();
  $("mend").disabled = !onNow().length && !ofOthers();
}

