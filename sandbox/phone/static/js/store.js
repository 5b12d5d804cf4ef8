// What the page knows, and who wants to hear when it changes.

export const state = {
  numbers: new Map(),
  users: new Map(), // id -> user, as the control API has it
  chats: new Map(), // id -> messages in order
  selected: null,
  loading: new Map(), // id -> what happened in a chat while it was fetched, to be done after that
  typing: new Map(), // id -> when it ends, in milliseconds
};

const listeners = new Map();

/** Call `listener` whenever `topic` is told: people, chat, status, typing, clock, selected, happened, faults, lenders, mail, sms. */
export function on(topic, listener) {
  if (!listeners.has(topic)) listeners.set(topic, []);
  listeners.get(topic).push(listener);
}

export function tell(topic, detail) {
  for (const listener of listeners.get(topic) || []) listener(detail);
}

/** Whether this user's messages come and go through Twilio. */
export const byTwilio = (user) => state.numbers.get(user?.number)?.provider === "twilio";

export const current = () => state.users.get(state.selected) || null;

/** Remember a user, and how far their clock is from this browser's. */
export function keepUser(user) {
  state.users.set(user.id, { ...state.users.get(user.id), ...user, skew: user.now - Date.now() / 1000 });
}

/** What time it is for this user, in seconds since the epoch. */
export const nowOf = (user) => Date.now() / 1000 + user.skew;

/** The words of a message in one line, for a list of chats or a quote. */
export const summary = (message) => withoutMarks(wordsOf(message));

/** A text in one line without the marks for bold and italic, which are for the chat itself. */
export const withoutMarks = (text) => text.replaceAll(/\s+/g, " ").replaceAll(/(^|[^\p{L}\p{N}])([*_~])(\S(?:[^*_~]*\S)?)\2(?![\p{L}\p{N}])/gu, "$1$3");

function wordsOf(message) {
  const { type, payload } = message;
  const part = payload[type] || {};
  switch (type) {
    case "text": return part.body || "";
    case "interactive": return part.body?.text || part.button_reply?.title || part.list_reply?.title || "A tap";
    case "button": return part.text || part.payload || "";
    case "template": return message.shown?.body || `Template ${part.name || ""}`;
    case "image": return part.caption || "Photo";
    case "video": return part.caption || "Video";
    case "location": return part.name || "Location";
    case "audio": return part.voice === false ? "Audio" : "Voice message";
    case "document": return part.filename || "Document";
    case "contacts": return `Contact: ${payload.contacts?.[0]?.name?.formatted_name || ""}`;
    case "reaction": return part.emoji ? `Reacted ${part.emoji}` : "Took a reaction back";
    case "edit": return `Edited: ${part.message?.text?.body || ""}`;
    case "revoke": return "Deleted a message";
    case "system": return part.body || "Something changed";
    case "unsupported": return "Not supported";
    default: return type.charAt(0).toUpperCase() + type.slice(1);
  }
}
