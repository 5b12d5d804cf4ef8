// What went over the wire, byte by byte the same.

import { h } from "../dom.js";
import { hourMinuteSecond } from "../time.js";
import { copy } from "../toast.js";
import { json } from "./json.js";
import { empty } from "./words.js";

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
      h("i", { className: item.webhook ? "" : "graph" }, item.webhook ? "webhook" : item.request?.To ? "twilio" : "graph"),
      h("b", {}, item.webhook ? webhookTitle(item) : requestTitle(item)),
      item.attempts > 1 && h("span", { className: "chip warm" }, `${item.attempts} tries`),
      h("span", { className: `chip ${item.status >= 200 && item.status < 300 ? "good" : "bad"}` }, item.status || "no answer"),
      h("time", {}, hourMinuteSecond(item.at)),
    ),
  );
  const fill = () => {
    if (details.children.length > 1) return;
    if (item.webhook) details.append(...titled("Webhook to the product", item.body));
    else details.append(...titled(item.request?.To ? "Request to Twilio" : "Request to the Graph API", item.request), ...titled("Answer", item.answer));
  };
  if (details.open) fill();
  details.addEventListener("toggle", () => {
    if (details.open) { opened.add(item.id); fill(); } else opened.delete(item.id);
  });
  return details;
}

function webhookTitle(item) {
  if (item.body.MessageSid) return item.kind === "statuses" ? item.body.MessageStatus : item.body.MessageType;
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
