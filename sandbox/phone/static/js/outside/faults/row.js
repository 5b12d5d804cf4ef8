// One fault: what it will do, how often it struck, a switch, and how often it shall strike.

import { h } from "../../dom.js";
import { impersonal } from "./catalogue.js";
import { ENDLESS, isOn, replaced, struck, turnOff, turnOn } from "./state.js";

const OFTEN = {
  person: [[1, "once"], [3, "3 times"], [10, "10 times"], [ENDLESS, "until mended"]],
  all: [[1, "always"], [0.5, "1 in 2"], [0.2, "1 in 5"], [0.1, "1 in 10"], [0.05, "1 in 20"]],
};
const otherwise = { person: (often) => `${often} more times`, all: (often) => `${Math.round(often * 1000) / 10} %` };

/** A row and what brings it up to date; `scope` tells whom it is for. */
export function faultRow(fault, scope) {
  const name = `fault-${fault.mode}`;
  const toggle = h("button", { type: "button", className: "switch", role: "switch", "aria-labelledby": name, "aria-describedby": `${name}-what`, onclick: flip }, h("i"));
  const code = fault.codes && h("select", { "aria-label": `Code: ${fault.name}`, onchange: again });
  const often = h("select", { "aria-label": `How often: ${fault.name}`, onchange: again });
  const hits = h("small", { className: "struck" });
  const choices = h("div", { className: "fault-choices", hidden: true }, code, often);
  const element = h(
    "div",
    { className: "fault", "data-mode": fault.mode },
    h("div", { className: "fault-words" }, h("b", { id: name }, fault.name), h("p", { id: `${name}-what` }, fault.sentence), hits),
    toggle,
    choices,
  );

  const chosenCode = () => (code ? Number(code.value) : undefined);

  function flip() {
    if (isOn(scope(), fault.mode)) turnOff(scope(), fault.mode);
    else turnOn(scope(), fault.mode, OFTEN[scope()][0][0], fault.codes?.[0][0]);
  }

  function again() {
    turnOn(scope(), fault.mode, Number(often.value), chosenCode());
  }

  function update() {
    const here = isOn(scope(), fault.mode);
    toggle.setAttribute("aria-checked", String(Boolean(here)));
    const nobody = scope() === "person" && impersonal(fault);
    toggle.disabled = Boolean(here?.fixed) || nobody;
    const instead = scope() === "person" && !here && !nobody && replaced(fault.mode);
    toggle.title = [here?.fixed && "Ordered from elsewhere: mending everything ends it", instead && `Takes the place of “${instead}”`].filter(Boolean).join("");
    element.classList.toggle("on", Boolean(here));
    choices.hidden = !here || Boolean(here.fixed);
    if (here && !here.fixed) {
      offer(often, OFTEN[scope()], here.often, otherwise[scope()]);
      if (code) offer(code, fault.codes.map(([number, words]) => [number, `${number} · ${words}`]), here.code, (other) => String(other));
    }
    const times = struck(fault.mode);
    const counted = times ? `struck ${times === 1 ? "once" : `${times} times`}` : "";
    hits.textContent = [nobody && "for everybody only", counted].filter(Boolean).join(" · ");
  }
  return { element, update, mode: fault.mode };
}

// Options, with one more for a value that is not among them.
function offer(select, options, value, name) {
  const all = options.some(([one]) => one === value) ? options : [[value, name(value)], ...options];
  const now = all.map(([one, words]) => `${one}:${words}`).join();
  if (select.dataset.options !== now) {
    select.dataset.options = now;
    select.replaceChildren(...all.map(([one, words]) => h("option", { value: String(one) }, words)));
  }
  select.value = String(value);
}
