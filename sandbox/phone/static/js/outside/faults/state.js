// Which faults are on: always the sandbox's own state, asked for again whenever something may have changed it.

import * as api from "../../api.js";
import { on, state, tell } from "../../store.js";
import { tellHow } from "../../toast.js";
import { mendLenders } from "../lenders.js";
import { faultOf, pointOf } from "./catalogue.js";

/** Times that stand for "until mended" with one person's faults, which the sandbox only counts. */
export const ENDLESS = 1000;

const SETTLES_MS = 200; // events come in bursts: one look after them is enough
const BROKEN = new Set(["PAUSED", "DISABLED"]);

let known = { ordered: [], profile: null, struck: {} };
let templates = [];
let lenders = "up";
let due = null;

export function startState() {
  on("faults-changed", refresh);
  on("happened", () => count() && refresh());
  on("lenders", (health) => { lenders = health; tell("faults"); });
}

/** Look at what is on, soon. */
export function refresh() {
  due ??= setTimeout(async () => {
    due = null;
    await look();
  }, SETTLES_MS);
}

async function look() {
  try {
    [known, templates] = await Promise.all([api.faults(), api.templates()]);
  } catch {
    return; // the page says by itself when the sandbox is away, and asks again when it is back
  }
  tell("faults");
}

// What a profile holds of a mode: a probability, or one for each code.
function chance(mode) {
  const given = known.profile?.[mode];
  if (given === undefined || given === null) return null;
  if (typeof given === "number") return given > 0 ? { often: given } : null;
  const [code, often] = Object.entries(given).find(([, probability]) => probability > 0) || [];
  return code ? { code: Number(code), often } : null;
}

const modesOf = (profile) => Object.keys(profile || {}).filter((name) => name !== "seed" && name !== "seconds");

/** How this fault is on for the selected person: `{often, code}`, with times as `often`; null when it is off. */
function forPerson(mode) {
  const order = known.ordered.find((one) => one.user === state.selected && one.mode === mode);
  return order ? { often: order.remaining ?? ENDLESS, code: order.code } : null;
}

/** The same for everybody, with a probability as `often`; `fixed` where it was ordered by somebody else than this page. */
function forAll(mode) {
  const order = known.ordered.find((one) => !one.user && one.mode === mode);
  if (order) return { often: null, code: order.code, fixed: true };
  return chance(mode);
}

export const isOn = (scope, mode) => (scope === "person" ? forPerson(mode) : forAll(mode));
export const struck = (mode) => known.struck?.[mode] || 0;
export const allTemplates = () => templates;
export const profile = () => known.profile;

/** What is on for the selected person or for everybody, in words; what other people have is not counted. */
export function onNow() {
  const person = known.ordered.filter((one) => one.user === state.selected).map((one) => faultOf(one.mode).name);
  const all = known.ordered.filter((one) => !one.user).map((one) => faultOf(one.mode).name);
  const drawn = modesOf(known.profile).filter(chance).map((mode) => faultOf(mode).name);
  const paused = templates.filter((one) => BROKEN.has(one.status)).map((one) => `Template ${one.name} is ${one.status.toLowerCase()}`);
  const away = lenders === "up" ? [] : [`The lenders are ${lenders}`];
  return [...new Set([...person, ...all, ...drawn, ...paused, ...away])];
}

/** How many faults other people have ordered for them. */
export const ofOthers = () => known.ordered.filter((one) => one.user && one.user !== state.selected).length;

const count = () => onNow().length + ofOthers();

async function change(work) {
  const done = await tellHow(work);
  await look();
  return done;
}

/** Turn a fault on, so `often`: times for a person, a probability for everybody. Codes are for modes that have them. */
export function turnOn(scope, mode, often, code) {
  if (scope === "person") return change(() => api.orderFault(state.selected, mode, { code, times: often }));
  return change(() => api.setProfile({ seed: 1, ...known.profile, [mode]: code ? { [code]: often } : often }));
}

/** Turn it off again; what else is on stays on. */
export const turnOff = (scope, mode) => change(() => (scope === "person" ? withdraw(mode) : without(mode)));

// The sandbox takes back all of a person's orders at once, so the others are ordered anew.
async function withdraw(mode) {
  const user = state.selected;
  const others = known.ordered.filter((one) => one.user === user && one.mode !== mode);
  await api.orderFault(user, mode, { times: 0 });
  for (const { mode: other, code, seconds, remaining } of others) {
    await api.orderFault(user, other, { code, seconds, times: remaining ?? ENDLESS });
  }
}

function without(mode) {
  const { [mode]: gone, ...rest } = known.profile || {};
  return modesOf(rest).length ? api.setProfile(rest) : api.dropProfile();
}

/** Put a whole profile on, or none. */
export const wholeProfile = (wanted) => change(() => (wanted ? api.setProfile(wanted) : api.dropProfile()));

export const setTemplate = (one, status) =>
  change(() => api.changeTemplate(one.name, one.language, status));

/** Nothing goes wrong any more: faults, templates that were paused, the lenders. */
export const mendEverything = () =>
  tellHow(async () => {
    await api.mendAll();
    for (const one of templates) if (BROKEN.has(one.status)) await api.changeTemplate(one.name, one.language, "APPROVED");
    if (lenders !== "up") await mendLenders();
    await look();
  }, "Everything works again.");

/** Whether these are the same faults with the same probabilities. */
export function sameProfile(one, other) {
  const written = (given) => JSON.stringify(modesOf(given).sort().map((mode) => [mode, given[mode]]));
  return Boolean(one && other) && written(one) === written(other);
}

/** The fault of the selected person that turning this one on would replace, if there is one. */
export function replaced(mode) {
  const other = known.ordered.find((one) => one.user === state.selected && one.mode !== mode && pointOf(one.mode) === pointOf(mode));
  return other ? faultOf(other.mode).name : null;
}
