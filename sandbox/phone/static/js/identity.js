// Who the selected person is to the business: their number, what of it is told, what they want to get.

import * as api from "./api.js";
import { $ } from "./dom.js";
import { byTwilio, current, keepUser, state, tell } from "./store.js";
import { copy, tellHow } from "./toast.js";

/** The items of the menu beside a person's name. */
export function identityItems(user) {
  return [
    ["copy", user.bsuid_only ? "Copy the BSUID" : "Copy the phone number", () => copy(user.bsuid_only ? user.bsuid : user.phone)],
    ["sim", "Change the phone number…", () => ask(user)],
    user.bsuid_only
      ? ["eye", "Show the phone number again", () => hide(user, false)]
      : ["eye-off", "Hide the phone number", () => hide(user, true)],
    ["badge", "Change the user id", () => changeUserId(user)],
    user.marketing === false
      ? ["bell", "Want marketing again", () => marketing(user, "resume")]
      : ["bell-off", "Stop marketing messages", () => marketing(user, "stop")],
    !byTwilio(user) && ["network", "Verify the webhook address", () => verify(user)],
    ["trash", `Forget ${user.name}`, () => forget(user), true],
  ];
}

export function startIdentity() {
  $("number-cancel").addEventListener("click", () => $("number-dialog").close());
  $("number-form").addEventListener("submit", () => changeNumber(current(), $("number-new").value.trim()));
}

function ask(user) {
  $("number-form").reset();
  $("number-now").textContent = user.bsuid_only ? "The number is hidden now; the business is told the new BSUID alone." : `It is ${user.phone} now.`;
  $("number-dialog").showModal();
}

// The new number is in the answer; the list of people hears of it by an event, too.
function keep(user) {
  if (!user?.id) return;
  keepUser(user);
  tell("people");
}

const changeNumber = (user, phone) =>
  tellHow(
    async () => {
      const answer = await api.changeNumber(user.id, phone);
      keep(answer.user);
      return answer;
    },
    ({ user: changed }) => `${user.name} has another number now${changed?.phone ? `, ${changed.phone}` : ""}. ${told(user)}`,
  );

const told = (user) => (byTwilio(user) ? "Twilio does not tell the bot." : "The bot was told.");

const changeUserId = (user) =>
  tellHow(
    async () => keep((await api.changeUserId(user.id)).user),
    `${user.name} has another user id (BSUID) now. ${told(user)}`,
  );

const hide = (user, hidden) =>
  tellHow(
    async () => keep(await api.changeUser(user.id, { bsuid_only: hidden })),
    hidden ? "From the next message on, the business sees a user id (BSUID) in place of the phone number." : "From the next message on, the business sees the phone number again.",
  );

const marketing = (user, value) =>
  tellHow(
    async () => {
      await api.wantMarketing(user.id, value);
      state.users.get(user.id).marketing = value === "resume";
      tell("people");
    },
    value === "stop" ? `${user.name} wants no marketing any more. ${byTwilio(user) ? "All messages are refused with error 21610." : "Marketing templates are refused with error 131050."}` : `${user.name} wants marketing again.`,
  );

const forget = (user) => tellHow(() => api.removeUser(user.id), `${user.name} is gone from the sandbox. The bot was not told.`);

const verify = (user) =>
  tellHow(() => api.verifyWebhook(user.number), ({ verified, explanation }) => `${verified ? "Verified" : "Not verified"}: ${explanation}`);
