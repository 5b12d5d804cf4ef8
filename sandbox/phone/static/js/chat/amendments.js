// What later messages did to earlier ones: new words, a deletion, reactions, which option was tapped. Pure.

const TARGETS = {
  edit: (payload) => payload.edit?.original_message_id,
  revoke: (payload) => payload.revoke?.original_message_id,
  reaction: (payload) => payload.reaction?.message_id,
};

/** The id of the message that this one changes; null for a message that stands for itself. */
export const targetOf = (message) => TARGETS[message.type]?.(message.payload) || null;

/** Which option of which message this one answers, as [message, option]; null where it answers none. */
export function choiceOf(message) {
  const asked = message.payload.context?.id;
  if (!asked) return null;
  const { interactive, button } = message.payload;
  const option = {
    interactive: interactive?.button_reply?.id ?? interactive?.list_reply?.id,
    button: button?.payload,
    location: "location",
    contacts: "contact",
  }[message.type];
  return option === undefined ? null : [asked, option];
}

/** All that was done to the messages of a chat, by their ids. An edit may stand before what it changes. */
export function amendmentsOf(messages) {
  const found = new Map();
  const of = (id) => {
    if (!found.has(id)) found.set(id, { words: null, revoked: false, reactions: new Map(), chosen: null, steps: [] });
    return found.get(id);
  };
  for (const message of messages) {
    const choice = choiceOf(message);
    if (choice) of(choice[0]).chosen = choice[1];
    const target = targetOf(message);
    if (target) amend(of(target), message);
  }
  return found;
}

function amend(amended, message) {
  const { payload, type, direction } = message;
  if (direction === "in") amended.steps.push(message);
  if (type === "edit") amended.words = payload.edit.message?.text?.body ?? amended.words;
  if (type === "revoke") amended.revoked = true;
  if (type !== "reaction") return;
  if (payload.reaction.emoji && message.status !== "failed") amended.reactions.set(direction, payload.reaction.emoji);
  else amended.reactions.delete(direction);
}
