// The outside world: everything the bot cannot control. Levers to pull, and behind them the faults.

import { $, h, icon } from "../dom.js";
import { current, on, state } from "../store.js";
import { toast } from "../toast.js";
import { authLever, showAuth } from "./auth.js";
import { faultsLever } from "./faults/lever.js";
import { refresh } from "./faults/state.js";
import { faultsView, startFaults } from "./faults/view.js";
import { jobsLever, showJobs } from "./jobs.js";
import { lendersLever, showLenders } from "./lenders.js";
import { mailLever, showMail } from "./mail.js";
import { networkLever } from "./network.js";
import { showSpeech, speechLever } from "./speech.js";
import { showTime, timeLever, windowLever } from "./time.js";

export function startOutside() {
  const world = $("world");
  world.append(
    h("div", { className: "world-levers", id: "world-levers" }, title(), timeLever(), windowLever(), networkLever(), faultsLever(() => showFaults(true)), speechLever(), h("div", { className: "own-levers", id: "own-levers" }, lendersLever())),
    faultsView(() => showFaults(false)),
  );
  $("open-world").addEventListener("click", () => open(!world.classList.contains("open")));
  world.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !world.classList.contains("with-faults")) return;
    event.stopPropagation(); // one step back at a time
    showFaults(false);
  });
  document.addEventListener("keydown", (event) => event.key === "Escape" && open(false));
  on("selected", () => { tick(); look(); });
  on("people", tick);
  on("mail", () => bot() === "nexora" && shown(showMail));
  startFaults();
  setInterval(tick, 1000);
}

function open(yes) {
  $("world").classList.toggle("open", yes);
  $("open-world").setAttribute("aria-expanded", String(yes));
}

function showFaults(yes) {
  $("world").classList.toggle("with-faults", yes);
  $("world-levers").hidden = yes;
  $("faults").hidden = !yes;
  $(yes ? "faults-back" : "open-faults").focus({ preventScroll: true });
}

const title = () =>
  h(
    "header",
    { className: "world-title" },
    h("h2", {}, "The outside world"),
    h("p", {}, "Everything the bot cannot control"),
    h("button", { type: "button", className: "icon-button world-close", "aria-label": "Close", onclick: () => open(false) }, icon("close")),
  );

async function look() {
  if (!current()) return;
  refresh();
  const world = OWN[bot()] || OWN.loan;
  if (world !== there) $("own-levers").replaceChildren(...world.levers());
  there = world;
  await Promise.all([showSpeech, ...world.show].map(shown));
}

// Each bot has its own outside world; the lenders are that of all whose own is not here.
const OWN = {
  loan: { levers: () => [lendersLever()], show: [showLenders] },
  nexora: { levers: () => [jobsLever(), mailLever()], show: [showJobs, showMail] },
  msme: { levers: () => [authLever()], show: [showAuth] },
};
const bot = () => state.numbers.get(current()?.number)?.bot;

let there = OWN.loan; // whose levers are there

const shown = (show) => show().catch((error) => toast(error.message, { bad: true }));

function tick() {
  const user = current();
  if (user) showTime(user);
}
