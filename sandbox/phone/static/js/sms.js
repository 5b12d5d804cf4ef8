// Text messages that come to a phone: one-time codes, shown over the chat until they are looked at or put away.

import * as api from "./api.js";
import { $, h, icon } from "./dom.js";
import { current, nowOf, on, state, summary } from "./store.js";
import { hourMinute } from "./time.js";
import { copy } from "./toast.js";

const FRESH = 300; // seconds that a code is good for: an older one is no news to somebody who comes back
const SHOWN = 2;

const arrived = []; // {phone, code, at}, the newest first
const putAway = new Set();

export function startTexts() {
  on("sms", (sms) => {
    keep(sms);
    show();
  });
  on("selected", async () => {
    show();
    await fetchOwn();
    show();
  });
  on("chat", ({ message }) => message?.direction === "in" && typed(summary(message)));
  on("people", show);
  on("clock", show);
}

// What came before this page was opened. Numbers that nobody here has are not asked for: their codes come as they come.
async function fetchOwn() {
  const user = current();
  if (!user?.phone) return;
  const { codes } = await api.codes(user.id).catch(() => ({ codes: [] }));
  for (const one of codes.reverse()) keep({ phone: user.phone, ...one });
}

// A code that was typed has done its work.
function typed(words) {
  for (const sms of arrived) if (words.includes(sms.code)) putAway.add(name(sms));
  show();
}

function keep(sms) {
  if (arrived.some((one) => name(one) === name(sms))) return;
  arrived.unshift(sms);
  arrived.length = Math.min(arrived.length, 100);
}

const name = ({ phone, code, at }) => `${phone} ${code} ${at}`;

// A number that nobody here has rings where one looks; those of others ring on their own phones.
function rings(user, phone) {
  if (user.phone === phone) return true;
  return ![...state.users.values()].some((other) => other.phone === phone);
}

function show() {
  const user = current();
  const fresh = user ? arrived.filter((sms) => rings(user, sms.phone) && sms.at > nowOf(user) - FRESH && !putAway.has(name(sms))) : [];
  const wanted = fresh.slice(0, SHOWN);
  const texts = $("texts");
  const there = new Map([...texts.children].map((note) => [note.dataset.sms, note]));
  for (const [key, note] of there) if (!wanted.some((sms) => name(sms) === key)) note.remove();
  // The oldest first, so that the newest comes to lie on top of it; what is there already does not move again.
  for (const sms of wanted.toReversed()) if (!there.has(name(sms))) texts.prepend(note(sms, user));
}

function note(sms, user) {
  const away = () => { putAway.add(name(sms)); show(); };
  return h(
    "article",
    { className: "text-note", "data-sms": name(sms), "aria-label": "Text message" },
    h("header", {}, icon("sim"), h("b", {}, "SMS from MSMEBazaar"), h("time", {}, hourMinute(sms.at)),
      h("button", { type: "button", className: "icon-button", "aria-label": "Put away", onclick: away }, icon("close"))),
    h("p", {}, h("strong", {}, sms.code), " is your code"),
    sms.phone !== user.phone && h("small", {}, `To ${sms.phone}`),
    h("button", { type: "button", className: "text-copy", onclick: () => copy(sms.code, "The code is copied.") }, "Copy code"),
  );
}
