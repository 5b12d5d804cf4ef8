// Writing: texts, new words for a text that was sent, and other kinds from the "+" menu.

import { $ } from "../dom.js";
import { menuButton } from "../menus.js";
import { on, state } from "../store.js";
import { attachments } from "./attachments.js";
import { sendBody } from "./sending.js";

const drafts = new Map(); // user -> what is being written
let recalled = 0; // how many texts back the arrow has gone
let writing = null;
let edited = null; // the message that gets new words
let before = ""; // what stood there when the editing began

export function startComposer() {
  const text = $("composer-text");
  text.addEventListener("input", () => { recalled = 0; fit(); });
  text.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      submit();
    }
    if (event.key === "Escape" && edited) stopEditing();
    if (event.key === "ArrowUp" && (text.value === "" || recalled)) recall(event, 1);
    if (event.key === "ArrowDown" && recalled) recall(event, -1);
  });
  $("composer").addEventListener("submit", (event) => { event.preventDefault(); submit(); });
  menuButton("attach", "attach-menu", attachments);
  $("editing-stop").addEventListener("click", stopEditing);
  on("selected", () => {
    if (edited) stopEditing();
    if (writing) drafts.set(writing, text.value);
    writing = state.selected;
    text.value = drafts.get(writing) || "";
    recalled = 0;
    fit();
  });
}

/** Begin to edit a text that was sent. */
export function editing(message, words) {
  const text = $("composer-text");
  if (!edited) before = text.value;
  edited = message.id;
  $("editing").hidden = false;
  $("editing-words").textContent = words;
  text.value = words;
  recalled = 0;
  fit();
  text.focus({ preventScroll: true });
  text.setSelectionRange(words.length, words.length);
}

function stopEditing() {
  edited = null;
  $("editing").hidden = true;
  $("composer-text").value = before;
  fit();
  $("composer-text").focus({ preventScroll: true });
}

async function submit() {
  const text = $("composer-text");
  const body = text.value;
  if (!body.trim()) return;
  if (edited) {
    const message = edited;
    stopEditing();
    await sendBody({ type: "edit", message, body });
    return;
  }
  text.value = "";
  recalled = 0;
  fit();
  if (!(await sendBody({ type: "text", body })) && !text.value) {
    text.value = body;
    fit();
  }
}

function recall(event, step) {
  const said = (state.chats.get(state.selected) || [])
    .filter((message) => message.direction === "in" && message.type === "text")
    .map((message) => message.payload.text.body);
  const back = Math.min(Math.max(recalled + step, 0), said.length);
  if (!said.length) return;
  event.preventDefault();
  recalled = back;
  const text = $("composer-text");
  text.value = back ? said[said.length - back] : "";
  text.setSelectionRange(text.value.length, text.value.length);
  fit();
}

function fit() {
  const text = $("composer-text");
  text.style.height = "auto";
  text.style.height = `${Math.min(text.scrollHeight + 2, 128)}px`;
  $("send").disabled = !text.value.trim();
}
