// Behind the curtain: what the product knows of the selected conversation, refreshed as things happen.

import * as api from "../api.js";
import { $, h, icon } from "../dom.js";
import { current, nowOf, on, state } from "../store.js";
import { countdown, deadlines, deadlinesPanel } from "./deadlines.js";
import { journalCount, journalPanel } from "./journal.js";
import { messagesPanel } from "./messages.js";
import { rawPanel } from "./raw.js";
import { statePanel } from "./state.js";

const TABS = [
  ["state", "State", statePanel],
  ["journal", "Journal", (known) => journalPanel(known, draw)],
  ["deadlines", "Deadlines", (known) => deadlinesPanel(known, nowOf(current()))],
  ["messages", "Messages", (known) => messagesPanel(known, nowOf(current()))],
  ["raw", "Raw", rawPanel],
];
const COUNTS = { journal: journalCount, deadlines: (known) => deadlines(known).length, raw: (known) => (known.webhooks?.length || 0) + (known.graph_requests?.length || 0) };

// A conversation goes on after the event that started it: look at once, and again when it has settled.
const LOOKS_MS = [120, 900];
const QUIET_MS = 8000;

let known = null;
let shownUser = null;
let tab = localStorage.getItem("tab") || "state";
let looks = [];

export function startDrawer() {
  const drawer = $("drawer");
  drawer.append(
    h(
      "header",
      { className: "drawer-head" },
      h("h2", {}, "Behind the curtain"),
      h("a", { className: "temporal", id: "temporal-link", target: "_blank", rel: "noreferrer noopener", hidden: true }, "Open in Temporal UI", icon("out")),
      h("button", { type: "button", className: "icon-button", "aria-label": "Close", onclick: () => show(false) }, icon("close")),
    ),
    h("div", { className: "tabs", role: "tablist", "aria-label": "What to look at", onkeydown: step }, ...TABS.map(([id, label]) => tabButton(id, label))),
    h("div", { className: "panel", id: "panel", role: "tabpanel", tabIndex: 0 }),
  );
  $("open-drawer").addEventListener("click", () => show(drawer.hidden));
  on("selected", () => { known = null; if (!current()) show(false, false); else look(); });
  on("happened", ({ user }) => user === state.selected && look());
  on("clock", () => look());
  setInterval(() => !drawer.hidden && document.visibilityState === "visible" && load(), QUIET_MS);
  setInterval(count, 1000);
  if (localStorage.getItem("drawer") === "open" && innerWidth > 1320) show(true, false);
}

function show(open, remember = true) {
  $("drawer").hidden = !open;
  $("app").classList.toggle("with-drawer", open);
  $("open-drawer").setAttribute("aria-expanded", String(open));
  if (remember) localStorage.setItem("drawer", open ? "open" : "closed");
  if (open) load();
}

const tabButton = (id, label) =>
  h("button", { type: "button", role: "tab", id: `tab-${id}`, "aria-controls": "panel", onclick: () => choose(id) }, label, h("sup"));

function choose(id) {
  tab = id;
  localStorage.setItem("tab", id);
  draw();
}

function step(event) {
  const move = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  if (!move) return;
  const place = TABS.findIndex(([id]) => id === tab);
  choose(TABS[(place + move + TABS.length) % TABS.length][0]);
  $(`tab-${tab}`).focus();
}

function look() {
  if ($("drawer").hidden) return;
  looks.forEach(clearTimeout);
  looks = LOOKS_MS.map((delay) => setTimeout(load, delay));
}

async function load() {
  const user = current();
  if (!user) return;
  try {
    const found = await api.inspect(user.id);
    if (user.id !== state.selected) return;
    if (JSON.stringify(found) === JSON.stringify(known) && shownUser === user.id) return;
    known = found;
  } catch (error) {
    known = { error };
  }
  draw();
}

function draw() {
  if (!known || $("drawer").hidden) return;
  for (const [id] of TABS) {
    const button = $(`tab-${id}`);
    button.setAttribute("aria-selected", String(id === tab));
    button.tabIndex = id === tab ? 0 : -1;
    button.querySelector("sup").textContent = COUNTS[id]?.(known) || "";
  }
  const panel = $("panel");
  const same = shownUser === state.selected && panel.dataset.tab === tab;
  const top = same ? panel.scrollTop : 0;
  panel.setAttribute("aria-labelledby", `tab-${tab}`);
  panel.dataset.tab = tab;
  shownUser = state.selected;
  panel.replaceChildren(...TABS.find(([id]) => id === tab)[2](known).filter(Boolean));
  panel.scrollTop = top;
  const link = $("temporal-link");
  const address = /^https?:\/\//.test(known.temporal_url || "") ? known.temporal_url : null;
  link.hidden = !address;
  if (address) link.href = address;
}

function count() {
  const user = current();
  if (!user) return;
  for (const element of document.querySelectorAll(".count[data-at]")) {
    element.textContent = countdown(Number(element.dataset.at), nowOf(user));
    element.classList.toggle("past", Number(element.dataset.at) <= nowOf(user));
  }
}
