// What can be tapped under a bubble of the business.

import { h, icon } from "../dom.js";

/** The options of a message, in a box; nothing where there are none. */
export function options(message, tools) {
  const found = (OPTIONS[message.type] || (() => []))(message, tools).filter(Boolean);
  return found.length ? [h("div", { className: "options" }, ...found)] : [];
}

const button = (picture, label, action, properties = {}) =>
  h("button", { type: "button", className: "option", dir: "auto", onclick: action, ...properties }, icon(picture), label);

const OPTIONS = {
  interactive: (message, tools) => {
    const { type, action = {} } = message.payload.interactive;
    if (type === "cta_url") return [link(action.parameters?.display_text, action.parameters?.url)];
    if (type === "location_request_message") return [sendLocation(message, tools)];
    if (type === "request_contact_info") return [shareContact(message, tools)];
    const replies = (action.buttons || []).filter((one) => one.reply).map(({ reply }) => tap(reply.title, reply.id, message, tools));
    const list = action.sections && button("list", action.button, (event) => tools.openList(message, event.currentTarget), { "aria-haspopup": "dialog" });
    return [...replies, list];
  },
  template: (message, tools) => (message.shown?.buttons || []).map((one) => templateButton(one, message, tools)),
};

function templateButton(one, message, tools) {
  switch (one.type) {
    case "QUICK_REPLY": return tap(one.text, one.payload ?? one.text, message, tools);
    case "URL": return link(one.text, one.url);
    case "PHONE_NUMBER": return button("call", one.text, () => tools.copy(one.phone_number || "", "The phone number was copied."));
    case "COPY_CODE":
    case "OTP": return button("copy", one.text, () => tools.copy(one.code || "", "The code was copied."));
    case "REQUEST_CONTACT_INFO": return shareContact(message, tools, one.text);
    default: return h("span", { className: "option dead" }, one.text || one.type);
  }
}

const tap = (label, option, message, tools) => button("reply", label, () => tools.tap(message, option), { "data-option": option });

const sendLocation = (message, tools) =>
  button("pin", "Send location", (event) => tools.sendLocation(message, event.currentTarget), { "aria-haspopup": "dialog", "data-option": "location" });

const shareContact = (message, tools, label = "Share contact") =>
  button("person", label, () => tools.shareContact(message), { "data-option": "contact" });

// Only web addresses are made a link: anything else stands there, and cannot be opened.
function link(label, url) {
  const web = /^https?:\/\//i.test(url || "");
  if (!web) return h("span", { className: "option dead", title: url || "" }, icon("out"), label || "Open");
  return h("a", { className: "option", dir: "auto", href: url, target: "_blank", rel: "noreferrer noopener", title: url }, icon("out"), label || url);
}
