// What the selected person sends, on its way to the bot. A refusal is told, and answered with false.

import * as api from "../api.js";
import { byTwilio, state, tell } from "../store.js";
import { toast } from "../toast.js";

/** Send something; `body` is the control API's. */
export async function sendBody(body) {
  const user = state.selected;
  try {
    const sent = await api.send(user, body);
    // Twilio does not try again: what it could not post is lost, and the message says so itself.
    if (sent.webhook_status !== 200 && !byTwilio(state.users.get(user))) tell("late", { user, id: sent.message_id });
    return true;
  } catch (error) {
    toast(error.message, { bad: true });
    return false;
  }
}

/** Upload a file and send it as this kind of message. */
export async function sendFile(type, file, filename, caption = "") {
  try {
    const { id } = await api.upload(state.selected, file, filename);
    const named = type === "document" ? { filename } : {};
    return await sendBody({ type, media: id, ...named, ...(caption ? { caption } : {}) });
  } catch (error) {
    toast(error.message, { bad: true });
    return false;
  }
}
