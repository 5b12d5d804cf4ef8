// The mail server, and what the business was told by mail.

import * as api from "../api.js";
import { $, h } from "../dom.js";
import { hourMinute } from "../time.js";
import { tellHow } from "../toast.js";
import { buttons, lever, segments } from "./levers.js";

const SHOWN = 5;
const STATES = {
  up: "The mail server takes mail again.",
  down: "The mail server is down: every mail is put off.",
  refuses: "The mail server refuses every mail for good.",
};

export function mailLever() {
  const states = segments("Mail server", [["up", "Up"], ["down", "Down"], ["refuses", "Refuses"]], (value) => tellHow(() => api.changeMail(value), STATES[value]));
  return lever("Mail", "mail", buttons(states), h("div", { className: "mails", id: "mails" }));
}

/** Ask how the mail server is and what it got, and show it. Raises for a refusal of the sandbox. */
export async function showMail() {
  const [{ state }, mails] = await Promise.all([api.mail(), api.mails()]);
  for (const input of document.querySelectorAll('.segments input[name="Mail server"]')) input.checked = input.value === state;
  const open = new Set([...document.querySelectorAll("#mails details[open]")].map((one) => one.dataset.mail));
  $("mails").replaceChildren(
    ...mails.slice(0, SHOWN).map((mail) => letter(mail, open.has(String(mail.id)))),
    mails.length ? "" : h("small", {}, "No mail yet."),
    mails.length > SHOWN ? h("small", {}, `and ${mails.length - SHOWN} more`) : "",
  );
}

const letter = (mail, open) =>
  h(
    "details",
    { className: "mail", open, "data-mail": String(mail.id) },
    h("summary", {}, h("b", {}, mail.subject || "(no subject)"), h("time", {}, hourMinute(mail.at)), mail.times > 1 && h("span", { className: "chip" }, `${mail.times} times`)),
    h("p", {}, `To ${mail.to.join(", ")}`),
    h("pre", {}, mail.body),
  );
