// What can be done with a message that is there: react, edit, delete, copy.

import * as api from "../api.js";
import { $, h } from "../dom.js";
import { closeMenu, openMenu } from "../menus.js";
import { copy, tellHow } from "../toast.js";

const EMOJI = ["👍", "❤️", "😂", "😮", "🙏"];
const GAP = 6; // pixels between a button and its menu

/** Open a message's menu beside its button. `deeds` can send something and begin an edit. */
export function openMessageMenu(message, button, amended, deeds) {
  const menu = $("message-menu");
  if (!menu.hidden && button.getAttribute("aria-expanded") === "true") return closeMenu();
  const mine = message.direction === "in";
  const text = message.type === "text" ? amended?.words ?? message.payload.text?.body : null;
  const revoked = Boolean(amended?.revoked);
  openMenu(
    menu,
    button,
    [
      text && !revoked && ["copy", "Copy the text", () => copy(text, "The text was copied.")],
      mine && text && !revoked && ["pencil", "Edit", () => deeds.edit(message, text)],
      message.media && ["timer", "Let its media id expire", () => expire(message)],
      mine && !revoked && ["trash", "Delete for everyone", () => deeds.send({ type: "revoke", message: message.id }), true],
      ["braces", "Copy as JSON", () => copy(JSON.stringify(message.payload, null, 2), "Its JSON was copied, in WhatsApp’s own fields.")],
    ],
    revoked ? null : reactions(message, amended?.reactions.get("in"), deeds),
  );
  place(menu, button, mine);
}

function reactions(message, own, deeds) {
  const react = (emoji) => {
    closeMenu();
    deeds.send({ type: "reaction", message: message.id, emoji: emoji === own ? "" : emoji });
  };
  return h(
    "div",
    { className: "emoji", role: "group", "aria-label": "React" },
    ...EMOJI.map((emoji) =>
      h("button", { type: "button", role: "menuitemcheckbox", "aria-checked": String(emoji === own), "aria-label": emoji === own ? `Take back ${emoji}` : `React with ${emoji}`, onclick: () => react(emoji) }, emoji),
    ),
  );
}

const expire = (message) =>
  tellHow(() => api.expireMedia(message.media.id), "Its media id is over: from now on the bot cannot fetch the file.");

// Below its button, or above where there is no room; inside the screen in any case.
function place(menu, button, mine) {
  const device = $("device").getBoundingClientRect();
  const at = button.getBoundingClientRect();
  const [width, height] = [menu.offsetWidth, menu.offsetHeight];
  const wanted = mine ? at.left : at.right - width;
  const left = Math.min(Math.max(wanted, device.left + 12), device.right - width - 12);
  const below = at.bottom + GAP + height < device.bottom - 12;
  const top = below ? at.bottom + GAP : Math.max(device.top + 12, at.top - GAP - height);
  menu.style.left = `${left - device.left}px`;
  menu.style.top = `${top - device.top}px`;
}
