// The outside world's levers: time, the network, the lenders. Each says in plain words what it did.

import * as api from "./api.js";
import { $, h, icon } from "./dom.js";
import { current, nowOf, on } from "./store.js";
import { dayAndTime, hourMinute, leap, shortDay, span } from "./time.js";
import { toast, tellHow } from "./toast.js";

const WINDOW = 24 * 3600;

const FAULTS = {
  "error:131000": ["Meta refuses: something went wrong", "Meta will refuse the bot's next message with error 131000."],
  "error:131056": ["Meta refuses: too fast (pair limit)", "Meta will refuse the bot's next message with error 131056, the pair limit."],
  "error:131026": ["Meta refuses: undeliverable", "Meta will refuse the bot's next message with error 131026, undeliverable."],
  drop: ["The connection breaks before it is taken", "The connection will break at the bot's next message, before Meta takes it."],
  accept_then_drop: ["Meta takes it, the answer is lost", "Meta will take the bot's next message, and the answer will be lost on the way."],
  "accept_then_fail:131026": ["Meta takes it and fails later", "Meta will take the bot's next message and say later that it could not be delivered."],
  status_first: ["The statuses arrive before the answer", "The statuses of the bot's next message will arrive before the answer to the send."],
};

const LENDERS = { up: "The lenders answer again.", slow: "The lenders now take eight seconds to answer.", down: "The lenders are down: every request gets HTTP 503." };

export function startOutside() {
  const world = $("world");
  world.append(title(), timeLever(), windowLever(), networkLever(), lenderLever());
  $("open-world").addEventListener("click", () => open(!world.classList.contains("open")));
  document.addEventListener("keydown", (event) => event.key === "Escape" && open(false));
  on("selected", () => { tick(); showDecision(); });
  on("people", tick);
  setInterval(tick, 1000);
}

function open(yes) {
  $("world").classList.toggle("open", yes);
  $("open-world").setAttribute("aria-expanded", String(yes));
}

const title = () =>
  h(
    "header",
    { className: "world-title" },
    h("h2", {}, "The outside world"),
    h("p", {}, "Everything the bot cannot control"),
    h("button", { type: "button", className: "icon-button world-close", "aria-label": "Close", onclick: () => open(false) }, icon("close")),
  );

const lever = (name, picture, ...content) => h("section", { className: "lever", "aria-label": name }, h("h3", {}, icon(picture), name), ...content);
const button = (label, action, properties = {}) => h("button", { type: "button", className: "lever-button", onclick: action, ...properties }, label);
const buttons = (...all) => h("div", { className: "lever-row" }, ...all);

function timeLever() {
  const move = (hours) =>
    tellHow(
      () => api.moveClock(current().id, hours),
      ({ now }) => `It is ${leap(hours * 3600)} later for ${current().name}: ${dayAndTime(now)}.`,
    );
  return lever(
    "Time",
    "clock",
    h("div", { className: "lever-clock" }, h("b", { id: "world-time" }), h("span", { id: "world-day" })),
    buttons(button("+1 h", () => move(1), { title: "Move this person's clock an hour ahead" }), button("+24 h", () => move(24), { title: "Move this person's clock a day ahead" })),
  );
}

function windowLever() {
  return lever(
    "24-hour window",
    "window",
    h("div", { className: "meter", id: "window-meter" }, h("i")),
    h("small", { id: "window-words" }),
  );
}

function networkLever() {
  const choice = h("select", { "aria-label": "How the next message of the bot goes wrong" }, ...Object.entries(FAULTS).map(([value, [label]]) => h("option", { value }, label)));
  const fail = () => {
    const [mode, code] = choice.value.split(":");
    return tellHow(() => api.orderFault(current().id, mode, code && Number(code)), FAULTS[choice.value][1]);
  };
  const repeat = () => tellHow(() => api.duplicate(current().id), ({ webhook_status: status }) =>
    status === 200 ? "The last webhook was sent once more, and the bot took it (HTTP 200)." : `The last webhook was sent once more; the bot answered ${status ? `HTTP ${status}` : "nothing"}.`);
  return lever("Network", "network", choice, buttons(button("Fail the next send", fail)), buttons(button("Repeat the last webhook", repeat)));
}

function segments(name, options, pick) {
  return h(
    "div",
    { className: "segments", role: "radiogroup", "aria-label": name },
    ...options.map(([value, label]) => h("label", {}, h("input", { type: "radio", name, value, onchange: () => pick(value) }), h("span", {}, label))),
  );
}

function lenderLever() {
  const offers = segments("Loan offers", [["0", "0"], ["1", "1"], ["3", "3"], ["4", "4"], ["11", "11"]], (value) =>
    tellHow(() => api.changeDecision({ offers: Number(value), outcome: "offers" }).then(mark), value === "1" ? "The next applicant gets one offer." : `The next applicant gets ${value === "0" ? "no" : value} offers.`));
  const refusals = segments("Refusals", [["declined", "Declined"], ["referred", "Referred"]], (value) =>
    tellHow(() => api.changeDecision({ outcome: value }).then(mark), value === "declined" ? "The next applicant is declined, with reasons." : "The next applicant is referred to a person."));
  const health = segments("Health of the decision backend", [["up", "Up"], ["slow", "Slow"], ["down", "Down"]], (value) =>
    tellHow(() => api.changeDecision({ state: value }).then(mark), LENDERS[value]));
  const label = (words) => h("p", { className: "lever-label" }, words);
  return lever("Lenders", "bank", label("Offers for the next applicant"), buttons(offers), buttons(refusals), label("The lenders’ server"), buttons(health));
}

async function showDecision() {
  if (!current()) return;
  await api.decision().then(mark).catch((error) => toast(error.message, { bad: true }));
}

// Offers and refusals exclude each other; the radio groups show one of them.
function mark(profile) {
  const check = (name, value) => {
    for (const input of document.querySelectorAll(`.segments input[name="${name}"]`)) input.checked = input.value === value;
  };
  check("Loan offers", profile.outcome === "offers" ? String(profile.offers) : "");
  check("Refusals", profile.outcome);
  check("Health of the decision backend", profile.state);
  return profile;
}

function tick() {
  const user = current();
  if (!user) return;
  const now = nowOf(user);
  $("world-time").textContent = $("status-time").textContent = hourMinute(now);
  $("world-day").textContent = shortDay(now);
  $("status-ahead").textContent = user.ahead > 0 ? `${leap(user.ahead)} ahead` : "";
  const left = user.last_inbound ? user.last_inbound + WINDOW - now : -1;
  const open = left > 0;
  $("window-meter").classList.toggle("closed", !open && Boolean(user.last_inbound));
  $("window-meter").classList.toggle("unopened", !user.last_inbound);
  $("window-meter").firstElementChild.style.setProperty("--part", open ? left / WINDOW : 1);
  $("window-words").textContent = !user.last_inbound ? "Opens when they write" : open ? `Open for another ${span(Math.min(left, WINDOW - 60))}` : "Closed: only templates may be sent";
}
