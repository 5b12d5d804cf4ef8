// Where the conversation stands.

import { sentence } from "../api.js";
import { h, icon } from "../dom.js";
import { empty, spoken, when } from "./words.js";

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
