// What happens in the sandbox, as it happens; and everything anew when the connection was lost.

import { $ } from "./dom.js";
import { state, tell } from "./store.js";

const TYPING_MS = 25000; // Meta: a typing indicator vanishes after 25 seconds, or with the reply

/** Follow the events. `refetch` loads everything anew, `refetchPeople` only who there is. */
export function follow(refetch, refetchPeople) {
  const source = new EventSource("/sandbox/events");
  let connected = false;
  source.addEventListener("hello", () => {
    $("live").classList.add("on");
    $("live").lastElementChild.textContent = "live";
    if (connected) refetch();
    connected = true;
  });
  source.addEventListener("error", () => {
    $("live").classList.remove("on");
    $("live").lastElementChild.textContent = "reconnecting…";
  });
  const listen = (kind, handle) => source.addEventListener(kind, (event) => handle(JSON.parse(event.data)));
  listen("resync", () => refetch());
  listen("message", ({ user, message }) => afterLoading(user, () => newMessage(user, message, refetchPeople)));
  listen("status", ({ user, id, status, error }) =>
    afterLoading(user, () => changeMessage(user, id, { status, error, ...(status === "read" ? { read: true } : {}) })));
  listen("read", ({ user, direction, id }) => afterLoading(user, () => markRead(user, direction, id)));
  listen("typing", ({ user }) => typing(user));
  listen("user", ({ user, change }) => (change === "removed" ? removed(user) : refetchPeople()));
  listen("faults", () => tell("faults-changed"));
  listen("templates", () => tell("faults-changed"));
  listen("mail", () => tell("mail"));
  listen("sms", (sms) => tell("sms", sms));
  listen("clock", async ({ user }) => {
    await refetchPeople();
    tell("clock", { user });
    tell("happened", { user });
  });
}

const afterLoading = (user, happened) => (state.loading.has(user) ? state.loading.get(user).push(happened) : happened());

function newMessage(userId, message, refetchPeople) {
  const user = state.users.get(userId);
  if (!user) return refetchPeople();
  const chat = state.chats.get(userId);
  if (chat?.some((one) => one.id === message.id)) return;
  chat?.push(message);
  user.last_message = message;
  if (message.direction === "out" && !user.reads) user.unread = (user.unread || 0) + 1;
  if (message.direction === "in" && message.type !== "system") user.last_inbound = message.at;
  if (message.direction === "out") state.typing.delete(userId);
  tell("people");
  tell("chat", { user: userId, message });
  tell("happened", { user: userId });
}

/** A message that the product has not taken at once. */
export function late({ user, id }) {
  changeMessage(user, id, { late: true });
}

function changeMessage(user, id, changes) {
  const message = (state.chats.get(user) || []).find((one) => one.id === id);
  if (message) {
    Object.assign(message, changes);
    tell("status", { user, id });
  }
  tell("happened", { user });
}

function markRead(user, direction, id) {
  const chat = state.chats.get(user) || [];
  const until = id ? chat.findIndex((message) => message.id === id) : chat.length - 1;
  for (const message of chat.slice(0, until + 1)) {
    if (message.direction === direction && !message.read) {
      message.read = true;
      tell("status", { user, id: message.id });
    }
  }
  if (direction === "out" && state.users.has(user)) {
    state.users.get(user).unread = 0;
    tell("people");
  }
  tell("happened", { user });
}

function typing(user) {
  state.typing.set(user, Date.now() + TYPING_MS);
  tell("typing");
  setTimeout(() => tell("typing"), TYPING_MS + 50);
}

function removed(user) {
  state.users.delete(user);
  state.chats.delete(user);
  tell("people");
  if (state.selected === user) tell("lost");
}
