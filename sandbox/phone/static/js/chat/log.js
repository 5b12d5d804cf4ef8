// The selected chat: its messages, in order, kept up to date without redrawing what is there.

import * as api from "../api.js";
import { markChosen, row, show, showStatus } from "../bubbles/row.js";
import { $, h, icon } from "../dom.js";
import { current, nowOf, on, state, tell } from "../store.js";
import { dayName, leap, sameDay } from "../time.js";
import { copy } from "../toast.js";
import { amendmentsOf, choiceOf, targetOf } from "./amendments.js";
import { editing } from "./composer.js";
import { openMessageMenu } from "./message-menu.js";
import { openPlaces } from "./places.js";
import { sendBody } from "./sending.js";
import { openList } from "./sheet.js";

const NEAR_END = 90; // pixels from the end within which new messages keep the end in view
const narrow = matchMedia("(max-width: 720px)"); // the phone has no status bar of its own there
const LATE_MS = 1500; // a message that is not delivered after this gets a note

let drawn = null; // the user whose chat is on the page
let amended = new Map(); // what later messages of this chat did to earlier ones, by their ids
let last = null; // the last message drawn, for dividers and turns
let atEnd = true; // whether the newest message is in view, and stays there when the phone changes its size

export function startChat() {
  on("selected", drawAll);
  on("chat", ({ user, message }) => (user === drawn && message ? append(message, true) : user === drawn && drawAll()));
  on("status", ({ user, id }) => user === drawn && refresh(id));
  on("typing", showTyping);
  on("people", showTyping);
  on("clock", ({ user }) => user === drawn && drawAll());
  $("log").addEventListener("scroll", () => { atEnd = nearEnd(); $("to-end").hidden = atEnd; }, { passive: true });
  $("to-end").addEventListener("click", () => toEnd(true));
  new ResizeObserver(() => atEnd && toEnd()).observe($("log"));
  document.addEventListener("visibilitychange", seen);
  window.addEventListener("focus", seen);
}

const tools = {
  tap: (message, option) => sendBody({ type: "tap", option, message: message.id }),
  openList: (message, opener) => openList(message, opener, (option) => tools.tap(message, option)),
  sendLocation: (message, opener) => openPlaces(opener, (place) => sendBody({ type: "location", ...place, message: message.id })),
  shareContact: (message) => sendBody({ type: "contact", message: message.id }),
  openMenu: (message, button) => openMessageMenu(message, button, amended.get(message.id), { send: sendBody, edit: editing }),
  find: (id) => (state.chats.get(drawn) || []).find((message) => message.id === id),
  copy,
};

const rowOf = (id) => $("log").querySelector(`.row[data-id="${CSS.escape(id)}"]`);

function drawAll() {
  const user = current();
  const log = $("log");
  const stays = drawn === state.selected && !nearEnd() ? log.scrollTop : null;
  drawn = state.selected;
  last = null;
  log.replaceChildren();
  if (!user) return;
  const messages = state.chats.get(user.id) || [];
  amended = amendmentsOf(messages);
  if (!messages.length) log.append(starter(user));
  for (const message of messages) append(message, false);
  showLeaps(user, Infinity);
  showTyping();
  if (stays === null) toEnd();
  else log.scrollTop = stays;
  seen();
}

function append(message, fresh) {
  const user = current();
  const log = $("log");
  if (fresh) log.querySelector(".starter")?.remove();
  if (fresh) amended = amendmentsOf(state.chats.get(user.id) || []);
  const target = targetOf(message);
  if (target && tools.find(target)) return fresh && amend(message, target);
  if (fresh && amended.get(message.id)?.steps.length) return drawAll(); // what changes it came first, and stood alone
  const stay = nearEnd() || message.direction === "in";
  showLeaps(user, message.at);
  if (!last || !sameDay(last.at, message.at)) log.append(divider(dayName(message.at, nowOf(user))));
  const element = row(message, tools, amended.get(message.id));
  if (!last || last.direction !== message.direction || log.lastElementChild?.classList.contains("divider")) element.classList.add("turn");
  if (fresh) {
    element.classList.add("fresh");
    if (message.direction === "out") state.typing.delete(user.id);
    watch(user.id, message);
  }
  for (const earlier of log.querySelectorAll(".row:not(.past)")) {
    if (earlier.querySelector(".options")) earlier.classList.add("past");
  }
  choose(message);
  log.append(element);
  last = message;
  if (fresh) showTyping();
  if (stay) toEnd();
  if (fresh) seen();
}

// A message that only changes another one is shown there.
function amend(message, target) {
  const user = current();
  watch(user.id, message);
  if (message.direction === "out") state.typing.delete(user.id);
  const element = rowOf(target);
  const stay = nearEnd();
  if (element) show(element, tools.find(target), tools, amended.get(target));
  showTyping();
  if (stay) toEnd();
  seen();
}

function watch(user, message) {
  if (message.direction === "in") setTimeout(() => lateIfWaiting(user, message.id), LATE_MS);
}

function refresh(id) {
  const changed = tools.find(id);
  const target = changed && targetOf(changed);
  const message = (target && tools.find(target)) || changed;
  const element = message && rowOf(message.id);
  if (!element) return;
  const stay = nearEnd();
  if (target) amended = amendmentsOf(state.chats.get(drawn) || []);
  if (message === changed) showStatus(element, message, amended.get(message.id));
  else show(element, message, tools, amended.get(message.id));
  if (stay) toEnd();
}

function choose(message) {
  const choice = choiceOf(message);
  const asked = choice && rowOf(choice[0]);
  if (asked) markChosen(asked, choice[1]);
}

function lateIfWaiting(user, id) {
  const message = (state.chats.get(user) || []).find((one) => one.id === id);
  if (message?.status === "waiting") tell("late", { user, id });
}

// Where the user's clock was moved: between the messages of before and after, or at the end.
function showLeaps(user, until) {
  const log = $("log");
  for (const move of user.moves || []) {
    if (move.at >= until || log.querySelector(`[data-leap="${move.at}"]`)) continue;
    const chip = divider([icon("clock"), `${leap(move.seconds)} later`]);
    chip.classList.add("leap");
    chip.dataset.leap = move.at;
    log.append(chip);
  }
}

const divider = (content) => h("div", { className: "divider" }, h("span", {}, ...[content].flat()));

function starter(user) {
  const number = state.numbers.get(user.number);
  return h(
    "div",
    { className: "starter" },
    h("p", {}, `${user.name} has not written to ${number ? number.display : "the bot"} yet. A bot may only speak to somebody who has.`),
    h("button", { type: "button", onclick: () => sendBody({ type: "text", body: "hi" }) }, "Say hi"),
  );
}

function showTyping() {
  const log = $("log");
  log.querySelector(".typing-row")?.remove();
  const until = state.typing.get(drawn) || 0;
  const typing = until > Date.now();
  const sub = $("chat-sub");
  sub.classList.toggle("typing", typing);
  const user = current();
  if (user) sub.textContent = typing ? "typing…" : facts(user).filter(Boolean).join(" · ");
  if (!typing) return;
  const stay = nearEnd();
  log.append(
    h("div", { className: "row turn typing-row" }, h("div", { className: "bubble" }, h("span", { className: "dots", "aria-hidden": "true" }, h("i"), h("i"), h("i")))),
  );
  if (stay) toEnd();
}

// What is out of the ordinary comes first: a narrow screen cuts the rest off.
const facts = (user) => [
  user.bsuid_only && "number hidden",
  user.marketing === false && "no marketing",
  state.numbers.get(user.number)?.display,
  narrow.matches && user.ahead > 0 && `${leap(user.ahead)} ahead`,
];

const nearEnd = () => {
  const log = $("log");
  return log.scrollHeight - log.scrollTop - log.clientHeight < NEAR_END;
};

function toEnd(smooth = false) {
  $("log").scrollTo({ top: $("log").scrollHeight, behavior: smooth ? "smooth" : "instant" });
}

// The person looks at the chat: the business gets its read receipts.
function seen() {
  const user = current();
  if (!user || !user.unread || document.visibilityState !== "visible" || $("app").dataset.screen !== "chat") return;
  user.unread = 0;
  tell("people");
  api.read(user.id).catch(() => {});
}

export { seen };
