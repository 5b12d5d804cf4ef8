// Every fault of the sandbox, by subject, each with what it will do in one sentence.

/** Error codes of Meta's, and of Twilio's for its numbers, with the words of a person; the first of each list is the usual one. */
const SEND_CODES = [
  [131000, "something went wrong"],
  [131016, "service unavailable"],
  [130429, "too many messages from this number"],
  [131056, "too many messages to one person"],
  [131026, "undeliverable"],
  [131047, "the window is closed"],
  [131050, "stopped marketing"],
  [131049, "withheld, to keep people engaged"],
  [131048, "flagged as spam"],
  [132015, "template paused"],
  [132001, "no such template"],
  [190, "the token ran out"],
  [131031, "the account is locked"],
  [100, "invalid parameter"],
  [63018, "Twilio: too many messages"],
  [21211, "Twilio: invalid recipient"],
  [20003, "Twilio: wrong credentials"],
  [20500, "Twilio: something went wrong"],
];
const HTTP_CODES = [[503, "unavailable"], [500, "broken"], [429, "too many requests"]];
const FILE_CODES = [[503, "unavailable"], [404, "not found"], [500, "broken"], [429, "too many requests"]];
const LATER_CODES = [[131026, "undeliverable"], [131049, "withheld, to keep people engaged"], [131047, "the window is closed"], [131000, "something went wrong"], [130472, "part of an experiment"], [63016, "Twilio: the window is closed"], [63024, "Twilio: undeliverable"], [63049, "Twilio: withheld, to keep people engaged"], [63018, "Twilio: too many messages"]];
const UPLOAD_CODES = [[131053, "cannot be uploaded"], [131000, "something went wrong"], [190, "the token ran out"]];
const LOOKUP_CODES = [[131052, "cannot be downloaded"], [100, "no such file"], [190, "the token ran out"]];

const fault = (mode, name, sentence, more = {}) => ({ mode, name, sentence, ...more });

/**
 * Groups of [name, icon, faults]. A fault may have `codes` to choose from. `point` is where it strikes: of the faults of
 * a person at one point, the sandbox keeps the one that was ordered last.
 */
export const GROUPS = [
  ["Sending", "send-line", "send", [
    fault("error", "Meta refuses", "A send is refused with an error code, and nothing is shown to the person.", { codes: SEND_CODES }),
    fault("http", "Only an HTTP status", "A send gets a bare HTTP status, as from a broken gateway.", { codes: HTTP_CODES }),
    fault("drop", "Cut off before it is taken", "The connection is closed before Meta takes the message."),
    fault("hang", "No answer, not taken", "Nothing comes back for 30 seconds, and the message was never taken."),
    fault("expired_token", "The token ran out", "Every call of the bot to the provider is refused, with error 190 or 20003.", { point: "token" }),
    fault("outage", "The whole API is out", "Every call of the bot to the provider gets HTTP 503.", { point: "token" }),
  ]],
  ["Answers", "reply", "send", [
    fault("accept_then_drop", "Taken, answer lost", "The person gets the message, but the connection is closed without an answer."),
    fault("accept_then_hang", "Taken, no answer", "The person gets the message, and nothing comes back for 30 seconds."),
    fault("slow", "Slow answers", "A message is taken at once and answered after three seconds."),
    fault("status_first", "Status before the answer", "The statuses arrive before the answer to the send does."),
  ]],
  ["Statuses", "ticks-line", "statuses", [
    fault("accept_then_fail", "Taken, fails later", "A message is taken, and a status says later that it failed.", { codes: LATER_CODES, point: "send" }),
    fault("late_window", "Closed window told late", "Outside the 24 hours a message is taken, and fails afterwards with 131047.", { point: "send" }),
    fault("statuses_reversed", "Backwards in one webhook", "All statuses come in one webhook, the last first."),
    fault("statuses_shuffled", "Backwards, one by one", "Each status comes in its own webhook, the last first."),
    fault("statuses_apart", "One by one", "Each status comes in its own webhook, in order."),
    fault("drop_delivered", "No “delivered”", "The status “delivered” never comes."),
    fault("drop_statuses", "No statuses at all", "A message is taken, and no status is ever told."),
    fault("delay_statuses", "Late statuses", "The statuses come five seconds late."),
    fault("duplicate_statuses", "Statuses twice", "Every status is told twice."),
  ]],
  ["What people send", "person", "message", [
    fault("millisecond_timestamps", "Times in milliseconds", "A message's time is told in milliseconds instead of seconds."),
    fault("hide_phone", "Without the phone number", "A message names its sender by the user id (BSUID) alone."),
    fault("edit_before_target", "Edit before its message", "A correction arrives before the text that it corrects."),
    fault("unsupported", "Not supported", "A message arrives as “unsupported” with error 131051."),
    fault("interactive_without_reply", "Tap without a choice", "A tap arrives that does not say what was tapped."),
    fault("change_number", "Another number afterwards", "After a message the person has another phone number."),
  ]],
  ["Webhooks", "network", "webhook", [
    fault("duplicate_webhook", "Twice", "A webhook that was taken comes once more."),
    fault("duplicate_webhook_at_once", "Twice at once", "A webhook comes twice at the same moment."),
    fault("hold_webhook", "Five seconds late", "A webhook is held back for five seconds."),
    fault("reorder_webhooks", "The next one first", "A webhook is overtaken by the person's next one."),
    fault("batch_webhooks", "Gathered", "Whatever comes for this number in a moment arrives in one webhook."),
    fault("wrong_signature", "Wrong signature", "A webhook is signed wrongly at first, and rightly when it is sent again."),
  ]],
  ["Media", "image", "", [
    fault("wrong_sha256", "Wrong checksum told", "A person's file comes with the checksum of another one.", { point: "message" }),
    fault("upload_error", "Upload refused", "The bot's upload is refused with an error code.", { codes: UPLOAD_CODES, point: "upload" }),
    fault("upload_http", "Upload: HTTP status", "The bot's upload gets a bare HTTP status.", { codes: HTTP_CODES, point: "upload" }),
    fault("upload_drop", "Upload cut off", "The connection is closed in the middle of an upload.", { point: "upload" }),
    fault("upload_slow", "Slow upload", "An upload is answered after five seconds.", { point: "upload" }),
    fault("lookup_error", "Address refused", "Asking for a file's address is refused with an error code.", { codes: LOOKUP_CODES, point: "lookup" }),
    fault("lookup_http", "Address: HTTP status", "Asking for a file's address gets a bare HTTP status.", { codes: FILE_CODES, point: "lookup" }),
    fault("lookup_slow", "Slow address", "A file's address comes after five seconds.", { point: "lookup" }),
    fault("url_expired", "Address is over", "The address that is given is over already.", { point: "lookup" }),
    fault("lookup_wrong_sha256", "Address, wrong checksum", "A file's address comes with another file's checksum.", { point: "lookup" }),
    fault("oversize_media", "Too large", "A file is said to be larger than Meta allows.", { point: "lookup" }),
    fault("download_http", "Download: HTTP status", "A download gets a bare HTTP status.", { codes: FILE_CODES, point: "download" }),
    fault("download_drop", "Download cut off", "The connection is closed in the middle of a download.", { point: "download" }),
    fault("download_slow", "Slow download", "A download begins after five seconds.", { point: "download" }),
    fault("download_truncated", "Half a file", "A download ends too early, as if that were all.", { point: "download" }),
  ]],
].map(([name, picture, point, faults]) => ({ name, picture, faults: faults.map((one) => ({ point, ...one })) }));

const BY_MODE = new Map(GROUPS.flatMap(({ faults }) => faults).map((one) => [one.mode, one]));

/** The fault of this mode; one that this page does not know gets its mode's words. */
export const faultOf = (mode) => BY_MODE.get(mode) || { mode, name: mode.replaceAll("_", " "), sentence: "", point: mode };

const IMPERSONAL = new Set(["token", "upload"]);

/** Whether no person is concerned where it strikes: it can only be turned on for everybody. */
export const impersonal = (fault) => IMPERSONAL.has(fault.point);

/** Where it strikes. */
export const pointOf = (mode) => faultOf(mode).point;
