// The next message of the bot goes wrong, or the last webhook comes again: one tap each.

import * as api from "../api.js";
import { h } from "../dom.js";
import { byTwilio, current, on } from "../store.js";
import { tellHow } from "../toast.js";
import { refresh } from "./faults/state.js";
import { button, buttons, lever } from "./levers.js";

const OF_META = {
  "error:131000": ["Meta refuses: something went wrong", "Meta will refuse the bot's next message with error 131000."],
  "error:131056": ["Meta refuses: too fast (pair limit)", "Meta will refuse the bot's next message with error 131056, the pair limit."],
  "error:131026": ["Meta refuses: undeliverable", "Meta will refuse the bot's next message with error 131026, undeliverable."],
  drop: ["The connection breaks before it is taken", "The connection will break at the bot's next message, before Meta takes it."],
  accept_then_drop: ["Meta takes it, the answer is lost", "Meta will take the bot's next message, and the answer will be lost on the way."],
  "accept_then_fail:131026": ["Meta takes it and fails later", "Meta will take the bot's next message and say later that it could not be delivered."],
  status_first: ["The statuses arrive before the answer", "The statuses of the bot's next message will arrive before the answer to the send."],
};

const OF_TWILIO = {
  "error:20500": ["Twilio refuses: something went wrong", "Twilio will refuse the bot's next message with error 20500."],
  "error:63018": ["Twilio refuses: too fast", "Twilio will refuse the bot's next message with error 63018, the rate limit."],
  drop: ["The connection breaks before it is taken", "The connection will break at the bot's next message, before Twilio takes it."],
  accept_then_drop: ["Twilio takes it, the answer is lost", "Twilio will take the bot's next message, and the answer will be lost on the way."],
  "accept_then_fail:63024": ["Twilio takes it and fails later", "Twilio will take the bot's next message and say later that it could not be delivered."],
  status_first: OF_META.status_first,
};

const ways = () => (byTwilio(current()) ? OF_TWILIO : OF_META);

export function networkLever() {
  const choice = h("select", { "aria-label": "How the next message of the bot goes wrong" });
  let listed = null;
  const list = () => {
    if (listed === ways()) return;
    listed = ways();
    choice.replaceChildren(...Object.entries(listed).map(([value, [words]]) => h("option", { value }, words)));
  };
  on("selected", list);
  list();
  const fail = async () => {
    const [mode, code] = choice.value.split(":");
    await tellHow(() => api.orderFault(current().id, mode, { code: code && Number(code) }), ways()[choice.value][1]);
    refresh();
  };
  return lever("Network", "network", choice, buttons(button("Fail the next send", fail)), buttons(button("Repeat the last webhook", repeat)));
}

const repeat = () =>
  tellHow(() => api.duplicate(current().id), ({ webhook_status: status }) =>
    status === 200 ? "The last webhook was sent once more, and the bot took it (HTTP 200)." : `The last webhook was sent once more; the bot answered ${status ? `HTTP ${status}` : "nothing"}.`);
