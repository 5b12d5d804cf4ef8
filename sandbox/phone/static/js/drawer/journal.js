// What the conversation remembers: answers, results, outcomes.

import { sentence } from "../api.js";
import { h } from "../dom.js";
import { json } from "./json.js";
import { empty, spoken } from "./words.js";

const KINDS = { ask: "answer", confirm: "answer", do: "work", wait: "outcome", part: "part", say: "said", round: "round" };

// A key is path/kind:name~digest*uses.
function readKey(key) {
  const tail = key.split("/").pop();
  const found = /^([a-z_]+):([^~*]+)/.exec(tail);
  const path = key.split("/").slice(0, -1).filter(Boolean);
  return { kind: found ? KINDS[found[1]] || found[1] : "", name: found ? found[2] : tail, path };
}

let withSaid = false;

export function journalPanel(known, redraw) {
  if (known.error) return [empty(sentence(known.error.message))];
  const all = Object.entries(known.state?.journal || {}).map(([key, value]) => ({ key, value, ...readKey(key) }));
  const said = all.filter((entry) => entry.kind === "said").length;
  const shown = withSaid ? all : all.filter((entry) => entry.kind !== "said");
  const toggle = said > 0 && h("label", { className: "toggle" }, h("input", { type: "checkbox", checked: withSaid, onchange: (event) => { withSaid = event.target.checked; redraw(); } }), `Show what was said, too (${said})`);
  if (!shown.length) return [toggle, empty("Nothing is answered yet. The journal fills with every answer, and a walk over it decides what comes next.")];
  return [toggle, h("div", { className: "entries" }, ...shown.map(entry))];
}

function entry({ key, value, kind, name, path }) {
  return h(
    "article",
    { className: "entry", title: key },
    h("header", {}, h("b", {}, spoken(name)), kind && h("span", { className: `chip ${kind === "answer" ? "cool" : kind === "said" ? "" : "warm"}` }, kind)),
    value !== null && value !== true && value !== "" && (typeof value === "object" ? structured(value) : h("div", { className: "value", dir: "auto" }, String(value))),
    h("div", { className: "key" }, path.length ? `${path.map((step) => step.replace(/~.*$/, "")).join(" › ")} › ` : "", key.split("/").pop()),
  );
}

// A flat object as pairs, anything deeper as JSON.
function structured(value) {
  const pairs = Object.entries(value);
  if (Array.isArray(value) || !pairs.length || pairs.some(([, part]) => part !== null && typeof part === "object")) return json(value);
  return h("dl", { className: "pairs" }, ...pairs.flatMap(([name, part]) => [h("dt", {}, spoken(name)), h("dd", { dir: "auto" }, String(part ?? "–"))]));
}

export const journalCount = (known) => Object.keys(known.state?.journal || {}).filter((key) => readKey(key).kind !== "said").length;
