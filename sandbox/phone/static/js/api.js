// The sandbox's control API. A refusal becomes an error with the server's own words.

async function call(method, path, body) {
  let answer;
  try {
    answer = await fetch(`/sandbox${path}`, {
      method,
      headers: body === undefined ? {} : { "Content-Type": "application/json" },
      body: body === undefined ? undefined : JSON.stringify(body),
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
export const orderFault = (user, mode, code) =>
  call("POST", `${of(user)}/faults`, { fail_next_sends: 1, mode, ...(code ? { code } : {}) });
export const duplicate = (user) => call("POST", `${of(user)}/duplicate-last-webhook`);
export const inspect = (user) => call("GET", `${of(user)}/inspect`);
export const verifyWebhook = (number) => call("POST", "/verify-webhook", { number });
export const decision = () => call("GET", "/decision");
export const changeDecision = (changes) => call("PUT", "/decision", changes);
