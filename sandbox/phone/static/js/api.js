// The sandbox's control API. A refusal becomes an error with the server's own words.

async function call(method, path, body) {
  const file = body instanceof FormData; // the browser writes the header for those itself
  let answer;
  try {
    answer = await fetch(`/sandbox${path}`, {
      method,
      headers: body === undefined || file ? {} : { "Content-Type": "application/json" },
      body: body === undefined || file ? body : JSON.stringify(body),
    });
  } catch {
    throw new Error("The sandbox cannot be reached. Is it still running?");
  }
  if (answer.status === 204) return null;
  const said = await answer.json().catch(() => null);
  if (!answer.ok) throw new Error(sentence(said?.error?.message || `The sandbox answered with HTTP ${answer.status}`));
  return said;
}

/** An error's words as a sentence. */
export const sentence = (words) => `${words.charAt(0).toUpperCase()}${words.slice(1)}${/[.!?]$/.test(words) ? "" : "."}`;

const of = (user) => `/users/${encodeURIComponent(user)}`;

export const numbers = () => call("GET", "/numbers");
export const users = () => call("GET", "/users");
export const createUser = (fields) => call("POST", "/users", fields);
export const removeUser = (user) => call("DELETE", of(user));
export const messages = (user) => call("GET", `${of(user)}/messages`);
export const send = (user, body) => call("POST", `${of(user)}/send`, body);
export const read = (user) => call("POST", `${of(user)}/read`);
export const moveClock = (user, hours) => call("POST", `${of(user)}/clock`, { hours });
export const changeUser = (user, fields) => call("PATCH", of(user), fields);
export const changeNumber = (user, phone) => call("POST", `${of(user)}/number`, phone ? { phone } : {});
export const changeUserId = (user) => call("POST", `${of(user)}/user-id`);
export const wantMarketing = (user, marketing) => call("POST", `${of(user)}/preferences`, { marketing });
export const duplicate = (user) => call("POST", `${of(user)}/duplicate-last-webhook`);
export const inspect = (user) => call("GET", `${of(user)}/inspect`);
export const verifyWebhook = (number) => call("POST", "/verify-webhook", { number });
export const decision = () => call("GET", "/decision");
export const jobs = () => call("GET", "/jobs");
export const changeJobs = (changes) => call("PUT", "/jobs", changes);
export const speech = () => call("GET", "/speech");
export const changeSpeech = (state) => call("PUT", "/speech", { state });
export const mail = () => call("GET", "/mail");
export const changeMail = (state) => call("PUT", "/mail", { state });
export const mails = () => call("GET", "/mails");
export const codes = (user) => call("GET", `${of(user)}/codes`);
export const auth = () => call("GET", "/auth");
export const changeAuth = (mood) => call("PUT", "/auth", { mood });
export const changeDecision = (changes) => call("PUT", "/decision", changes);

/** A file of this person's; answers with its id. */
export function upload(user, file, filename) {
  const form = new FormData();
  form.append("file", file, filename);
  return call("POST", `${of(user)}/media`, form);
}

export const expireMedia = (media) => call("POST", `/media/${encodeURIComponent(media)}/expire`);

export const faults = () => call("GET", "/faults");
export const mendAll = () => call("DELETE", "/faults");
/** Let this go wrong the next `times` times for this person; 0 takes back all that was ordered for them. */
export const orderFault = (user, mode, { code, seconds, times = 1 } = {}) =>
  call("POST", `${of(user)}/faults`, { fail_next_sends: times, mode, ...(code ? { code } : {}), ...(seconds ? { seconds } : {}) });
export const setProfile = (profile) => call("PUT", "/faults/profile", profile);
export const dropProfile = () => call("DELETE", "/faults/profile");
export const templates = () => call("GET", "/templates");
export const changeTemplate = (name, language, status) => call("POST", `/templates/${encodeURIComponent(name)}/status`, { status, language });
