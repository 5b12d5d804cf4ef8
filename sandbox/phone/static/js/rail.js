// The people on the left: who they are, what was said last, what is unread.

import * as api from "./api.js";
import { $, avatar, h } from "./dom.js";
import { keepUser, nowOf, on, state, summary, tell } from "./store.js";
import { hourMinute, leap, sameDay, shortDay } from "./time.js";
import { tellHow } from "./toast.js";

export function startRail(select) {
  on("people", () => draw(select));
  on("selected", () => draw(select));
  $("new-user").addEventListener("click", openDialog);
  $("welcome-new").addEventListener("click", () => create({}, select));
  $("new-user-cancel").addEventListener("click", () => $("new-user-dialog").close());
  $("new-user-form").addEventListener("submit", (event) => {
    const form = new FormData(event.target);
    const fields = { number: form.get("number"), bsuid_only: form.has("bsuid_only") };
    const name = form.get("name").trim();
    create(name ? { ...fields, name } : fields, select);
  });
  $("theme").addEventListener("click", switchTheme);
  labelTheme();
}

async function create(fields, select) {
  const user = await tellHow(() => api.createUser(fields), (made) => `${made.name} has a phone now.`);
  if (!user) return;
  keepUser({ ...user, unread: 0, last_message: null });
  tell("people");
  select(user.id, { write: true });
}

function openDialog() {
  const dialog = $("new-user-dialog");
  const choice = dialog.querySelector("select");
  choice.replaceChildren(
    ...[...state.numbers.values()]
      .map((number) => h("option", { value: number.id }, `${number.bot} · ${number.display}${number.provider === "twilio" ? " · Twilio" : ""}`)),
  );
  const selected = state.users.get(state.selected);
  if (selected) choice.value = selected.number;
  $("new-user-form").reset();
  dialog.showModal();
}

function draw(select) {
  const people = [...state.users.values()].sort((a, b) => lastTime(b) - lastTime(a));
  const list = $("people");
  const focused = document.activeElement?.closest?.(".person")?.dataset.user;
  list.replaceChildren(...people.map((user) => h("li", {}, person(user, select))));
  if (focused) list.querySelector(`[data-user="${CSS.escape(focused)}"]`)?.focus();
  const unread = people.reduce((sum, user) => sum + (user.unread || 0), 0);
  document.title = `${unread ? `(${unread}) ` : ""}Sutradhar · the phone`;
}

// By the machine's time, so that moving one person's clock does not reorder the list.
function lastTime(user) {
  if (!user.last_message) return user.created;
  const { at } = user.last_message;
  return at - user.moves.filter((move) => move.at < at).reduce((sum, move) => sum + move.seconds, 0);
}

function lastTimeShown(user) {
  if (!user.last_message) return "";
  const { at } = user.last_message;
  const now = nowOf(user);
  if (sameDay(at, now)) return hourMinute(at);
  return sameDay(at, now - 86400) ? "Yesterday" : shortDay(at);
}

function person(user, select) {
  const last = user.last_message;
  return h(
    "button",
    {
      type: "button",
      className: "person",
      "data-user": user.id,
      "aria-current": user.id === state.selected ? "true" : null,
      onclick: () => select(user.id),
    },
    avatar(user.name),
    h("span", { className: "person-name", dir: "auto" }, user.name),
    h("span", { className: "person-time" }, lastTimeShown(user)),
    h("span", { className: "person-last", dir: "auto" }, last ? summary(last) : "Says nothing yet"),
    h(
      "span",
      { className: "person-marks" },
      user.ahead > 0 && h("span", { className: "ahead", title: `${leap(user.ahead)} ahead` }, `+${Math.round(user.ahead / 3600)} h`),
      user.unread > 0 && h("span", { className: "badge", "aria-label": `${user.unread} unread` }, String(user.unread)),
    ),
  );
}

function switchTheme() {
  const next = document.documentElement.dataset.theme === "dark" ? "light" : "dark";
  document.documentElement.dataset.theme = next;
  localStorage.setItem("theme", next);
  labelTheme();
}

function labelTheme() {
  const other = document.documentElement.dataset.theme === "dark" ? "light" : "dark";
  $("theme").setAttribute("aria-label", `Switch to the ${other} theme`);
}
