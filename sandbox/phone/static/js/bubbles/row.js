// One message as it looks on the phone.

import { h, icon } from "../dom.js";
import { summary } from "../store.js";
import { hourMinute } from "../time.js";
import { bodyOf } from "./bodies.js";
import { options } from "./options.js";

/**
 * A message's row. `tools` can tap an option, open a list, answer a request, open a message's menu, and find another
 * message by its id; `amended` is what later messages did to it.
 */
export function row(message, tools, amended) {
  const mine = message.direction === "in";
  if (message.type === "system") return happened(message);
  const element = h("div", { className: `row${mine ? " mine" : ""}`, "data-id": message.id });
  const menu = h(
    "button",
    {
      type: "button",
      className: "message-menu",
      "aria-label": "Message actions",
      "aria-haspopup": "menu",
      "aria-expanded": "false",
      "aria-describedby": `bubble-${message.id}`,
      onclick: () => tools.openMenu(message, menu),
    },
    icon("more"),
  );
  element.append(h("div", { className: "line" }, h("article", { id: `bubble-${message.id}` }), menu));
  if (!mine) element.append(...options(message, tools));
  show(element, message, tools, amended);
  return element;
}

/** Show what was done to a message since. What it says is only made anew where that changed. */
export function show(element, message, tools, amended) {
  const bubble = element.querySelector("article");
  if (!bubble) return;
  const revoked = Boolean(amended?.revoked);
  const said = JSON.stringify([revoked, amended?.words ?? null]);
  if (element.dataset.said !== said) {
    element.dataset.said = said;
    fill(bubble, message, tools, revoked, amended?.words);
    element.classList.toggle("revoked", revoked);
  }
  bubble.querySelector(".reactions")?.remove();
  const reactions = reactionsOf(amended);
  element.classList.toggle("reacted", Boolean(reactions));
  if (reactions) bubble.append(reactions);
  showStatus(element, message, amended);
  if (amended?.chosen) markChosen(element, amended.chosen);
}

function fill(bubble, message, tools, revoked, words) {
  const mine = message.direction === "in";
  const content = revoked ? deleted() : bodyOf(message, words);
  const nodes = [...(revoked ? [] : quoted(message, tools)), ...content.nodes].filter(Boolean);
  const end = nodes.at(-1);
  if (end?.matches?.(".text, .foot")) end.classList.add("ends");
  const edited = !revoked && typeof words === "string";
  bubble.className = ["bubble", content.className, edited && "edited"].filter(Boolean).join(" ");
  bubble.replaceChildren(h("span", { className: "hidden" }, mine ? "You: " : "Business: "), ...nodes, meta(message, mine, edited));
}

/** Show what became of a message, without moving anything else. */
export function showStatus(element, message, amended) {
  if (!element.querySelector("article")) return;
  const mine = message.direction === "in";
  element.classList.toggle("lost", message.status === "failed");
  const ticks = element.querySelector(".ticks");
  if (ticks) ticks.replaceChildren(...(mine ? tick(message) : []));
  for (const note of element.querySelectorAll(".note")) note.remove();
  element.querySelector(".line").after(...notes(message, mine, amended?.steps || []));
}

/** Mark which option of a message was tapped last. */
export function markChosen(element, option) {
  for (const button of element.querySelectorAll(".option[data-option]")) {
    button.classList.toggle("chosen", button.dataset.option === option);
  }
}

const deleted = () => ({ className: "deleted", nodes: [h("div", { className: "text" }, icon("none"), "This message was deleted")] });

function quoted(message, tools) {
  const about = message.payload.context?.id && tools.find(message.payload.context.id);
  return about ? [h("span", { className: "quote", dir: "auto" }, summary(about))] : [];
}

function meta(message, mine, edited) {
  return h(
    "span",
    { className: "meta" },
    edited && h("span", {}, "edited"),
    h("time", { dateTime: new Date(message.at * 1000).toISOString() }, hourMinute(message.at)),
    mine && h("span", { className: "ticks" }),
  );
}

function tick(message) {
  if (message.status === "waiting") return [icon("clock", "clock"), h("span", { className: "hidden" }, "not delivered yet")];
  if (message.status === "failed") return [icon("warn", "clock"), h("span", { className: "hidden" }, "not delivered")];
  return [icon("ticks", message.read ? "read" : ""), h("span", { className: "hidden" }, message.read ? "read" : "delivered")];
}

function reactionsOf(amended) {
  if (!amended?.reactions.size || amended.revoked) return null;
  const who = { in: "You reacted with", out: "The business reacted with" };
  return h(
    "span",
    { className: "reactions" },
    ...[...amended.reactions].map(([side, emoji]) => h("span", { title: `${who[side]} ${emoji}` }, h("span", { className: "hidden" }, `${who[side]} `), emoji)),
  );
}

const STEPS = { edit: "Your edit", revoke: "The deletion", reaction: "Your reaction" };

function notes(message, mine, steps) {
  const found = [];
  if (mine && message.status === "failed") found.push(note(ofTwilio(message) ? "The bot did not take it, and Twilio does not try again." : "The bot never took it; the sandbox gave up.", true));
  if (mine && message.status === "waiting" && message.late) found.push(note("Not delivered yet. The sandbox keeps trying."));
  if (!mine && message.status === "failed") found.push(note(`Accepted, then not delivered (${message.error}).`, true));
  for (const step of steps) {
    if (step.status === "failed") found.push(note(`${STEPS[step.type]} never reached the bot; the sandbox gave up.`, true));
    if (step.status === "waiting" && step.late) found.push(note(`${STEPS[step.type]} is not delivered yet. The sandbox keeps trying.`));
  }
  return found;
}

// Twilio's ids are its own; all others are WhatsApp's.
const ofTwilio = (message) => /^(SM|MM)[0-9a-f]{32}$/.test(message.id);

const note = (words, bad = false) => h("p", { className: bad ? "note bad" : "note" }, icon(bad ? "warn" : "clock"), words);

// What happened to the person, as WhatsApp shows it: in the middle, with nothing to do about it.
const happened = (message) =>
  h("div", { className: "row happened", "data-id": message.id }, h("div", { className: "divider" }, h("span", { dir: "auto" }, summary(message))));
