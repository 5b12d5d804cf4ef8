// How the auth API treats whoever asks it for a code, or has one checked.

import * as api from "../api.js";
import { tellHow } from "../toast.js";
import { buttons, label, lever, segments } from "./levers.js";

const SERVER = {
  none: "Codes are sent and checked again.",
  down: "The auth API is down: every request gets HTTP 503.",
  lost: "The auth API does what it is asked, and its first answer is lost.",
};
const REFUSALS = {
  wrong: "Every code is wrong from now on.",
  expired: "Every code has expired from now on.",
  locked: "Every phone is locked from now on.",
};
const CODES = "One-time codes";
const REFUSED = "Codes that are refused";

const pick = (value) => tellHow(() => api.changeAuth(value).then(mark), SERVER[value] || REFUSALS[value]);

export function authLever() {
  const server = segments(CODES, [["none", "Up"], ["down", "Down"], ["lost", "Lost"]], pick);
  const refusals = segments(REFUSED, [["wrong", "Wrong"], ["expired", "Expired"], ["locked", "Locked"]], pick);
  return lever(CODES, "sim", buttons(server), label("Whatever is typed"), buttons(refusals));
}

/** Ask how the auth API is, and show it. Raises for a refusal of the sandbox. */
export const showAuth = () => api.auth().then(mark);

// One of them holds, in whichever row.
function mark({ mood }) {
  for (const input of document.querySelectorAll(`.segments input[name="${CODES}"], .segments input[name="${REFUSED}"]`)) input.checked = input.value === mood;
}
