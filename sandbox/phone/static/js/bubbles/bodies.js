// What is in a bubble, one kind of message each; and something honest for kinds that are not known.

import { h, icon } from "../dom.js";
import { flower } from "./drawings.js";
import { file, film, picture, voice } from "./media.js";
import { head, map, place, words } from "./parts.js";
import { templateBody } from "./template.js";

/** The nodes of a message, and a class for its bubble; `edited` are the words that stand there now. */
export function bodyOf(message, edited) {
  const part = message.payload[message.type] || {};
  if (typeof edited === "string") return { nodes: [words(edited)] };
  return (BODIES[message.type] || other)(part, message);
}

const bare = (...nodes) => ({ className: "bare", nodes });

const BODIES = {
  text: (part) => ({ nodes: [words(part.body || "")] }),
  button: (part) => ({ nodes: [words(part.text || part.payload || "")] }),
  interactive: (part, message) => {
    const reply = part.button_reply || part.list_reply;
    if (reply) return { nodes: [words(reply.title), reply.description && words(reply.description, "foot")] };
    if (!part.body && message.payload.errors) return unreadable("A tap that does not say on what", message);
    const above = part.header && head(part.header, message);
    return {
      className: above && part.header.type !== "text" ? "pictured" : "",
      nodes: [above, words(part.body?.text || ""), part.footer?.text && words(part.footer.text, "foot")],
    };
  },
  template: templateBody,
  image: (part, message) => bare(picture(message, part), part.caption && words(part.caption)),
  video: (part, message) => bare(film(message), part.caption && words(part.caption)),
  location: (part) => bare(map(), words(part.name || "Location"), h("div", { className: "foot" }, part.address && `${part.address} · `, place(part))),
  audio: (part, message) => bare(voice(message, part)),
  sticker: (_, message) => ({ className: "bare sticker", nodes: [message.media ? picture(message, {}, "Sticker") : flower()] }),
  document: (part, message) => bare(file(message, part), part.caption && words(part.caption)),
  contacts: (_, message) => {
    const contact = message.payload.contacts?.[0] || {};
    return bare(card("person", contact.name?.formatted_name || "Contact", contact.phones?.[0]?.phone || ""));
  },
  reaction: (part) => ({ nodes: [words(part.emoji ? `Reacted ${part.emoji}` : "Took a reaction back")] }),
  edit: (part) => ({ nodes: [words(part.message?.text?.body || ""), h("div", { className: "foot" }, "New words for a message that is not in this chat")] }),
  revoke: () => ({ nodes: [h("em", {}, "Deleted a message that is not in this chat")] }),
  unsupported: (part, message) => unreadable(`Something that does not reach businesses (${part.type || "unknown"})`, message),
};

const other = (part, message) => ({ nodes: [h("em", {}, `${message.type}`), words(JSON.stringify(part), "foot")] });

const unreadable = (sentence, message) => {
  const code = message.payload.errors?.[0]?.code;
  return { className: "deleted", nodes: [h("div", { className: "text" }, icon("none"), sentence), code && h("div", { className: "foot" }, `The bot gets error ${code} in its place`)] };
};

const card = (picture, title, small) => h("div", { className: "file" }, icon(picture), h("div", {}, h("span", { dir: "auto" }, title), h("small", {}, small)));
