// What went out and what came in, as the product has written it down.

import { sentence } from "../api.js";
import { size } from "../bubbles/media.js";
import { h } from "../dom.js";
import { withoutMarks } from "../store.js";
import { dayAndTime } from "../time.js";
import { countdown } from "./deadlines.js";
import { empty, epoch, spoken, when } from "./words.js";

const GOOD = new Set(["accepted", "sent", "delivered", "read", "taken", "done", "decided", "fetched"]);
const BAD = new Set(["failed", "unknown", "given up", "refused"]);
const mood = (word) => (GOOD.has(word) ? "good" : BAD.has(word) ? "bad" : "warm");

const STATES = {
  pending: "Decided, not tried yet",
  sending: "Being sent",
  deferred: "Waits",
  parked: "Waits until the person writes",
  unknown: "Nobody knows yet whether it was sent: a status may tell",
  failed: "Will never be sent",
};

const REASONS = {
  pace: "too many messages to this person in a short time",
  limit: "a limit of the provider’s was hit",
  outage: "the provider did not answer",
  number_stopped: "nothing is accepted from our number at the moment",
  window: "the 24-hour window is closed",
  template: "its template cannot be used",
  later_release: "it was written by a later release",
  unsendable: "it does not fit what the channel allows",
  no_address: "there is no address to send it to",
  opted_out: "the person opted out",
  in_doubt: "it may have been sent, and a second one would be worse than none",
  withheld: "the provider holds it back",
  unreachable: "the person cannot be reached",
  request: "the provider does not understand the request",
  refused: "the provider refused it",
  too_large: "it is too large",
  wrong_type: "it is of a type that is not taken",
  gone: "the provider does not have it any more",
  damaged: "it arrived damaged",
  not_allowed: "it may not be fetched",
};

const reason = (name) => REASONS[name] || spoken(name).toLowerCase();

export function messagesPanel(known, now) {
  if (known.error) return [empty(sentence(known.error.message))];
  const inbox = known.inbox || [];
  const outbox = known.outbox || [];
  return [
    h("h3", { className: "part-title" }, "Outbox: what the bot says, newest first"),
    outbox.length ? h("div", { className: "entries" }, ...outbox.map((item) => outgoing(item, now))) : empty("Nothing was said yet."),
    h("h3", { className: "part-title" }, "Inbox: what came in, newest first"),
    inbox.length ? h("div", { className: "entries" }, ...inbox.map(incoming)) : empty("Nothing came in yet."),
  ];
}

// The words of a payload, wherever its kind keeps them.
const words = (payload) => {
  if (!payload) return "";
  if (typeof payload === "string") return payload;
  const found = [payload.body, payload.text?.body, payload.text, payload.title, payload.option, payload.caption, payload.attachment?.filename, payload.filename, payload.name];
  return withoutMarks(String(found.find((one) => typeof one === "string" && one) || ""));
};

const brief = (id) => (id.length > 30 ? `${id.slice(0, 14)}…${id.slice(-8)}` : id);

const chip = (word, kind = "") => h("span", { className: `chip ${kind}` }, word);

const said = (payload) => words(payload) && h("div", { className: "sub", dir: "auto" }, words(payload).slice(0, 160));

const trace = (item) => item.trace && h("div", { className: "key", title: item.trace }, `trace ${brief(String(item.trace))}`);

function outgoing(item, now) {
  const state = String(item.state ?? "unheard of");
  return h(
    "article",
    { className: "entry" },
    h(
      "header",
      {},
      h("b", {}, item.text_key || item.message?.kind || "message"),
      item.attempts > 1 && chip(`${item.attempts} tries`, "warm"),
      item.as_template && chip("as a template", "cool"),
      item.purpose && item.purpose !== "answer" && chip(item.purpose),
      chip(state, mood(state)),
    ),
    said(item.message),
    waits(item, state, now),
    Boolean(item.error) && h("div", { className: "key" }, `error ${item.error}`),
    h("div", { className: "key", title: item.provider_id || "" }, `turn ${item.turn ?? "?"}${item.provider_id ? ` · ${brief(String(item.provider_id))}` : ""}`),
    trace(item),
  );
}

// Why it is not with the person yet, and when that may change, in a sentence.
function waits(item, state, now) {
  const until = epoch(item.not_before ?? null);
  if (!STATES[state] && !item.reason && until === null) return null;
  const sentences = [STATES[state], item.reason && reason(item.reason)].filter(Boolean).join(": ");
  return h(
    "p",
    { className: `why ${mood(state)}` },
    sentences && `${sentences.charAt(0).toUpperCase()}${sentences.slice(1)}.`,
    until !== null && h("span", {}, sentences ? " " : "", `${state === "unknown" ? "Decided" : "Tried again"} ${dayAndTime(until)}, `, h("span", { className: until > now ? "count" : "count past", "data-at": until }, countdown(until, now)), "."),
  );
}

const incoming = (item) =>
  h(
    "article",
    { className: "entry" },
    h("header", {}, h("b", {}, spoken(item.kind ?? "message")), h("time", {}, when(item.at) || "")),
    said(item.payload),
    fetched(item.media),
    h("div", { className: "key", title: item.provider_id || "" }, brief(String(item.provider_id || item.id || ""))),
    trace(item),
  );

// What became of the file that came with it.
function fetched(media) {
  if (!media || typeof media !== "object" || !media.state) return null;
  const facts = [media.mime_type, size(Number(media.size ?? NaN)), media.reason && reason(media.reason)].filter(Boolean).join(" · ");
  return h("div", { className: "file-state" }, chip(media.state, mood(media.state)), h("span", {}, `File${facts ? `: ${facts}` : ""}`));
}
