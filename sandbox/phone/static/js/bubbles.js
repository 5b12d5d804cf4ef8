// One message as it looks on the phone.

import { h, icon } from "./dom.js";
import { rich } from "./rich.js";
import { summary } from "./store.js";
import { hourMinute } from "./time.js";

/** A message's row. `tools` can tap an option, open a list, and find another message by its id. */
export function row(message, tools) {
  const mine = message.direction === "in";
  const element = h("div", { className: `row${mine ? " mine" : ""}`, "data-id": message.id });
  const content = body(message, tools);
  const end = content.nodes.findLast(Boolean);
  if (end?.matches(".text, .foot")) end.classList.add("ends");
  const bubble = h("article", { className: `bubble ${content.className || ""}` }, ...content.nodes, meta(message, mine));
  bubble.prepend(h("span", { className: "hidden" }, mine ? "You: " : "Business: "));
  element.append(bubble);
  if (!mine && message.type === "interactive") element.append(options(message, tools));
  updateStatus(element, message);
  return element;
}

/** Show what became of a message, without moving anything else. */
export function updateStatus(element, message) {
  const mine = message.direction === "in";
  element.classList.toggle("lost", message.status === "failed");
  const ticks = element.querySelector(".ticks");
  if (ticks) ticks.replaceChildren(...(mine ? tick(message) : []));
  element.querySelector(".note")?.remove();
  const note = noteOf(message, mine);
  if (note) element.querySelector(".bubble").after(note);
}

/** Mark which option of a message was tapped last. */
export function markChosen(element, option) {
  for (const button of element.querySelectorAll(".option[data-option]")) {
    button.classList.toggle("chosen", button.dataset.option === option);
  }
}

function meta(message, mine) {
  return h(
    "span",
    { className: "meta" },
    h("time", { dateTime: new Date(message.at * 1000).toISOString() }, hourMinute(message.at)),
    mine && h("span", { className: "ticks" }),
  );
}

function tick(message) {
  if (message.status === "waiting") return [icon("clock", "clock"), h("span", { className: "hidden" }, "not delivered yet")];
  if (message.status === "failed") return [icon("warn", "clock"), h("span", { className: "hidden" }, "not delivered")];
  return [icon("ticks", message.read ? "read" : ""), h("span", { className: "hidden" }, message.read ? "read" : "delivered")];
}

function noteOf(message, mine) {
  if (mine && message.status === "failed") return note("The bot never took it; the sandbox gave up.", true);
  if (mine && message.status === "waiting" && message.late) return note("Not delivered yet. The sandbox keeps trying.");
  if (!mine && message.status === "failed") return note(`Accepted, then not delivered (${message.error}).`, true);
  return null;
}

const note = (words, bad = false) => h("p", { className: bad ? "note bad" : "note" }, icon(bad ? "warn" : "clock"), words);

const words = (text, className = "text") => h("div", { className, dir: "auto" }, ...rich(text));

function body(message, tools) {
  const part = message.payload[message.type] || {};
  const shown = (BODIES[message.type] || other)(part, message);
  const quoted = message.payload.context?.id && tools.find(message.payload.context.id);
  return quoted ? { ...shown, nodes: [h("span", { className: "quote", dir: "auto" }, summary(quoted)), ...shown.nodes] } : shown;
}

const BODIES = {
  text: (part) => ({ nodes: [words(part.body || "")] }),
  interactive: (part) => {
    const reply = part.button_reply || part.list_reply;
    if (reply) return { nodes: [words(reply.title), reply.description && words(reply.description, "foot")] };
    return {
      nodes: [
        part.header?.text && words(part.header.text, "text head"),
        words(part.body?.text || ""),
        part.footer?.text && words(part.footer.text, "foot"),
      ],
    };
  },
  image: (part) => ({ className: "bare", nodes: [h("span", { className: "picture", role: "img", "aria-label": "Photo" }), part.caption && words(part.caption)] }),
  location: (part) => ({
    className: "bare",
    nodes: [
      h("span", { className: "map", role: "img", "aria-label": "Map" }, icon("pin")),
      words(part.name || "Location"),
      h("div", { className: "foot" }, `${Number(part.latitude).toFixed(4)}, ${Number(part.longitude).toFixed(4)}`),
    ],
  }),
  audio: () => ({ className: "bare", nodes: [h("div", { className: "voice" }, icon("play"), wave(), h("span", { className: "hidden" }, "Voice message"))] }),
  sticker: () => ({ className: "bare sticker", nodes: [flower()] }),
  document: (part) => ({
    className: "bare",
    nodes: [h("div", { className: "file" }, icon("file"), h("div", {}, h("span", { dir: "auto" }, part.filename || "Document"), h("small", {}, part.mime_type || "")))],
  }),
  contacts: (_, message) => {
    const contact = message.payload.contacts?.[0] || {};
    return {
      className: "bare",
      nodes: [h("div", { className: "file" }, icon("person"), h("div", {}, h("span", { dir: "auto" }, contact.name?.formatted_name || "Contact"), h("small", {}, contact.phones?.[0]?.phone || "")))],
    };
  },
  reaction: (part) => ({ nodes: [words(part.emoji ? `Reacted ${part.emoji}` : "Took a reaction back")] }),
};

const other = (part, message) => ({ nodes: [h("em", {}, `${message.type}`), words(JSON.stringify(part), "foot")] });

function options(message, tools) {
  const action = message.payload.interactive.action || {};
  const box = h("div", { className: "options" });
  for (const { reply } of action.buttons || []) {
    box.append(
      h("button", { type: "button", className: "option", dir: "auto", "data-option": reply.id, onclick: () => tools.tap(message, reply.id) }, icon("reply"), reply.title),
    );
  }
  if (action.sections) {
    box.append(
      h("button", { type: "button", className: "option", dir: "auto", "aria-haspopup": "dialog", onclick: (event) => tools.openList(message, event.currentTarget) }, icon("list"), action.button),
    );
  }
  return box;
}

function wave() {
  const bars = h("span", { "aria-hidden": "true" });
  for (let place = 0; place < 26; place += 1) {
    const bar = h("i");
    bar.style.height = `${5 + Math.round(17 * Math.abs(Math.sin(place * 1.7) * Math.cos(place * 0.6)))}px`;
    bars.append(bar);
  }
  return bars;
}

function flower() {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("viewBox", "-50 -50 100 100");
  svg.setAttribute("class", "flower");
  svg.setAttribute("role", "img");
  svg.setAttribute("aria-label", "Sticker: a marigold");
  for (const [radius, count, size, colour] of [[30, 14, 13, "#e07a00"], [20, 11, 11, "#f39a17"], [10, 8, 9, "#fbbf4a"], [0, 1, 8, "#ffe09a"]]) {
    for (let petal = 0; petal < count; petal += 1) {
      const angle = (petal / count) * 2 * Math.PI + radius;
      const circle = document.createElementNS("http://www.w3.org/2000/svg", "circle");
      circle.setAttribute("cx", (radius * Math.cos(angle)).toFixed(1));
      circle.setAttribute("cy", (radius * Math.sin(angle)).toFixed(1));
      circle.setAttribute("r", size);
      circle.setAttribute("fill", colour);
      svg.append(circle);
    }
  }
  return svg;
}
