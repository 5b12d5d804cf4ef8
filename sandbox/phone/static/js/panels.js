// The drawer's tabs: each makes its content of what the product and the sandbox know.

import { sentence } from "./api.js";
import { h, icon } from "./dom.js";
import { json } from "./json.js";
import { withoutMarks } from "./store.js";
import { dayAndTime, hourMinuteSecond, span } from "./time.js";
import { toast } from "./toast.js";

const spoken = (name) => {
  const words = String(name).replaceAll(/[_.-]+/g, " ").trim();
  return words.charAt(0).toUpperCase() + words.slice(1);
};

const empty = (words) => h("p", { className: "empty" }, words);

// -- state ----------------------------------------------------------------------------------------

const WAITING = { answer: "An answer", work: "Work in progress", backend: "The decision backend", agent: "A person of ours", operator: "An operator", kyc: "Identity verification" };

function waiting(name) {
  if (!name) return "Nothing";
  const [kind, what] = String(name).split(/:(.*)/);
  if (!what) return WAITING[kind] || spoken(kind);
  return `${WAITING[kind] || spoken(kind)}: ${spoken(what).toLowerCase()}`;
}

export function statePanel(known) {
  if (known.error) return [empty(sentence(known.error.message))];
  const fact = (name, value, wide) => value !== undefined && value !== null && value !== "" && h("div", { className: wide ? "fact wide" : "fact" }, h("dt", {}, name), h("dd", {}, value));
  return [
    known.trouble && h("p", { className: "banner" }, icon("warn"), known.trouble),
    h("div", { className: "now" }, h("small", {}, "Waiting for"), h("b", {}, waiting(known.waiting_for)), h("code", {}, known.waiting_for || "")),
    h(
      "dl",
      { className: "facts" },
      fact("Stage", known.stage && spoken(known.stage)),
      fact("Question shown", known.state?.pending?.name && spoken(known.state.pending.name)),
      fact("Bot", known.bot && spoken(known.bot)),
      fact("Language", LANGUAGES[known.language] || known.language),
      fact("Owner", known.owner && spoken(known.owner)),
      fact("Turn", known.turn),
      fact("Waiting since", when(known.waiting_since)),
      fact("Wakes at", when(known.wake_at)),
      fact("Opted out", known.stopped ? "Yes" : null),
      fact("Conversation", known.conversation_id && h("code", {}, known.conversation_id), true),
      fact("Workflow", known.workflow_id && h("code", {}, known.workflow_id), true),
    ),
  ];
}

const LANGUAGES = { en: "English", hi: "हिन्दी" };

const when = (time) => {
  const seconds = epoch(time);
  return seconds === null ? null : dayAndTime(seconds);
};

const epoch = (time) => {
  if (typeof time === "number") return time;
  const parsed = typeof time === "string" ? Date.parse(time) / 1000 : NaN;
  return Number.isNaN(parsed) ? null : parsed;
};

// -- journal --------------------------------------------------------------------------------------

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

// -- deadlines ------------------------------------------------------------------------------------

export function deadlinesPanel(known, now) {
  if (known.error) return [empty(sentence(known.error.message))];
  const all = deadlines(known);
  if (!all.length) return [empty("No deadline is running: nothing happens here until somebody writes.")];
  return [
    h(
      "div",
      { className: "entries" },
      ...all.map(([name, at]) =>
        h(
          "article",
          { className: "entry" },
          h("header", {}, h("b", {}, spoken(name.replace(/~.*$/, "").split(/[/:]/).pop())), h("span", { className: at > now ? "count" : "count past", "data-at": at }, countdown(at, now))),
          h("div", { className: "sub" }, dayAndTime(at)),
        ),
      ),
    ),
  ];
}

export const deadlines = (known) => Object.entries(known.state?.deadlines || {}).sort((a, b) => a[1] - b[1]);
export const countdown = (at, now) => (at > now ? `in ${span(at - now)}` : `${span(now - at)} ago`);

// -- messages -------------------------------------------------------------------------------------

const GOOD = new Set(["accepted", "sent", "delivered", "read", "taken", "done", "decided"]);
const BAD = new Set(["failed", "unknown", "given up", "parked"]);
const mood = (word) => (GOOD.has(word) ? "good" : BAD.has(word) ? "bad" : "warm");

export function messagesPanel(known) {
  if (known.error) return [empty(sentence(known.error.message))];
  const inbox = known.inbox || [];
  const outbox = known.outbox || [];
  return [
    h("h3", { className: "part-title" }, "Outbox: what the bot says, newest first"),
    outbox.length ? h("div", { className: "entries" }, ...outbox.map(outgoing)) : empty("Nothing was said yet."),
    h("h3", { className: "part-title" }, "Inbox: what came in, newest first"),
    inbox.length ? h("div", { className: "entries" }, ...inbox.map(incoming)) : empty("Nothing came in yet."),
  ];
}

const words = (payload) => {
  if (!payload) return "";
  if (typeof payload === "string") return payload;
  return withoutMarks(String(payload.body || payload.text?.body || payload.text || payload.title || payload.option || ""));
};

const brief = (id) => (id.length > 30 ? `${id.slice(0, 14)}…${id.slice(-8)}` : id);

const outgoing = (item) =>
  h(
    "article",
    { className: "entry" },
    h("header", {}, h("b", {}, item.text_key || item.message?.kind || "message"), item.attempts > 1 && h("span", { className: "chip warm" }, `${item.attempts} tries`), h("span", { className: `chip ${mood(item.state)}` }, item.state)),
    words(item.message) && h("div", { className: "sub", dir: "auto" }, words(item.message).slice(0, 160)),
    Boolean(item.error) && h("div", { className: "key" }, `error ${item.error}`),
    h("div", { className: "key", title: item.provider_id || "" }, `turn ${item.turn ?? "?"}${item.provider_id ? ` · ${brief(item.provider_id)}` : ""}`),
  );

const incoming = (item) =>
  h(
    "article",
    { className: "entry" },
    h("header", {}, h("b", {}, spoken(item.kind)), h("time", {}, when(item.at) || "")),
    words(item.payload) && h("div", { className: "sub", dir: "auto" }, words(item.payload).slice(0, 160)),
    h("div", { className: "key", title: item.provider_id || "" }, brief(String(item.provider_id || item.id || ""))),
  );

// -- raw ------------------------------------------------------------------------------------------

const opened = new Set();

export function rawPanel(known) {
  const all = [
    ...(known.webhooks || []).map((item) => ({ ...item, id: `w${item.id}`, webhook: true })),
    ...(known.graph_requests || []).map((item) => ({ ...item, id: `g${item.id}` })),
  ].sort((a, b) => b.at - a.at || (a.id < b.id ? 1 : -1));
  if (!all.length) return [empty("No webhook was sent and no Graph request made for this person yet.")];
  return all.map(exchange);
}

function exchange(item) {
  const details = h(
    "details",
    { className: "raw", open: opened.has(item.id) },
    h(
      "summary",
      {},
      h("i", { className: item.webhook ? "" : "graph" }, item.webhook ? "webhook" : "graph"),
      h("b", {}, item.webhook ? webhookTitle(item) : requestTitle(item)),
      item.attempts > 1 && h("span", { className: "chip warm" }, `${item.attempts} tries`),
      h("span", { className: `chip ${item.status === 200 ? "good" : "bad"}` }, item.status || "no answer"),
      h("time", {}, hourMinuteSecond(item.at)),
    ),
  );
  const fill = () => {
    if (details.children.length > 1) return;
    if (item.webhook) details.append(...titled("Webhook to the product", item.body));
    else details.append(...titled("Request to the Graph API", item.request), ...titled("Answer", item.answer));
  };
  if (details.open) fill();
  details.addEventListener("toggle", () => {
    if (details.open) { opened.add(item.id); fill(); } else opened.delete(item.id);
  });
  return details;
}

function webhookTitle(item) {
  const value = item.body.entry?.[0]?.changes?.[0]?.value || {};
  if (value.statuses) return counted(value.statuses.map((status) => status.status));
  const [message] = value.messages || [];
  return message?.interactive?.type?.replace("_", " ") || message?.type || item.kind;
}

// "sent ×2, delivered ×2"
function counted(names) {
  const counts = new Map();
  for (const name of names) counts.set(name, (counts.get(name) || 0) + 1);
  return [...counts].map(([name, count]) => (count > 1 ? `${name} ×${count}` : name)).join(", ");
}

function requestTitle(item) {
  const { request } = item;
  if (request?.status === "read") return request.typing_indicator ? "read, typing" : "read";
  return request?.interactive?.type || request?.type || "request";
}

const titled = (name, value) => [
  h("div", { className: "json-title" }, name, h("button", { type: "button", onclick: () => copy(JSON.stringify(value, null, 2)) }, "Copy")),
  json(value),
];

export async function copy(text, words = "Copied.") {
  await navigator.clipboard.writeText(text).then(() => toast(words), () => toast("This browser does not let the page copy.", { bad: true }));
}
