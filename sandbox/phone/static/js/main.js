// The page: loads what there is, shows it, and follows what happens.

import * as api from "./api.js";
import { startComposer } from "./chat/composer.js";
import { startFiles } from "./chat/files.js";
import { seen, startChat } from "./chat/log.js";
import { startSheet } from "./chat/sheet.js";
import { startSpeaking } from "./chat/speaking.js";
import { $ } from "./dom.js";
import { startDrawer } from "./drawer/drawer.js";
import { identityItems, startIdentity } from "./identity.js";
import { follow, late } from "./live.js";
import { menuButton, startMenus } from "./menus.js";
import { startOutside } from "./outside/panel.js";
import { startRail } from "./rail.js";
import { startTexts } from "./sms.js";
import { current, keepUser, on, state, tell } from "./store.js";
import { tellHow, toast } from "./toast.js";

const narrow = matchMedia("(max-width: 720px)");

async function select(id, { write = false } = {}) {
  state.selected = id;
  if (id) localStorage.setItem("user", id);
  showScreen(id ? "chat" : "people");
  if (id && !state.chats.has(id)) {
    await load(id);
    if (state.selected !== id) return;
  }
  showSelected();
  tell("selected");
  if (write || (id && !narrow.matches)) $("composer-text").focus({ preventScroll: true });
}

// What happens while a chat is fetched may or may not be in what is fetched: it is held back, and done afterwards.
async function load(id) {
  const held = [];
  state.loading.set(id, held);
  const messages = await tellHow(() => api.messages(id));
  if (messages) state.chats.set(id, messages);
  if (state.loading.get(id) === held) state.loading.delete(id);
  for (const happened of held) happened();
}

function showScreen(screen) {
  $("app").dataset.screen = screen;
}

function showSelected() {
  const user = current();
  $("theatre").hidden = !user;
  $("welcome").hidden = state.users.size > 0;
  if (!user) return showScreen("people");
  const number = state.numbers.get(user.number);
  const business = number ? number.business.charAt(0).toUpperCase() + number.business.slice(1) : "Business";
  $("chat-name").textContent = number ? `${business} · ${number.bot}` : business;
}

async function refetchPeople() {
  const users = await tellHow(() => api.users());
  if (!users) return;
  const known = new Set(users.map((user) => user.id));
  for (const id of [...state.users.keys()]) if (!known.has(id)) state.users.delete(id);
  users.forEach(keepUser);
  tell("people");
}

/** Everything anew: after the connection was lost. */
async function refetch() {
  await refetchPeople();
  state.chats.clear();
  if (!current()) return selectAny();
  await load(state.selected);
  tell("chat", { user: state.selected });
  tell("faults-changed");
}

// When nobody is selected: whoever was last here, or the newest; on a narrow screen the list.
function selectAny() {
  const remembered = localStorage.getItem("user");
  const next = state.users.has(remembered) ? remembered : [...state.users.keys()].at(-1);
  return select(narrow.matches ? null : next || null);
}

async function start() {
  startMenus();
  startRail(select);
  startChat();
  startComposer();
  startFiles();
  startSpeaking();
  startSheet();
  startOutside();
  startDrawer();
  startIdentity();
  startTexts();
  menuButton("chat-more", "more-menu", () => identityItems(current()));
  $("back").addEventListener("click", () => { showScreen("people"); });
  on("selected", showSelected);
  on("late", late);
  try {
    for (const number of await api.numbers()) state.numbers.set(number.id, number);
  } catch (error) {
    toast(error.message, { bad: true });
  }
  on("lost", selectAny);
  await refetchPeople();
  await selectAny();
  follow(refetch, refetchPeople);
  addEventListener("pageshow", seen);
}

start();
