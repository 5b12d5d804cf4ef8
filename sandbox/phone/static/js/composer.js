// Writing: texts, and other kinds from the "+" menu.

import { sendBody } from "./chat.js";
import { $ } from "./dom.js";
import { menuButton } from "./menus.js";
import { on, state } from "./store.js";

const drafts = new Map(); // user -> what is being written
let recalled = 0; // how many texts back the arrow has gone
let writing = null;

export function startComposer() {
  const text = $("composer-text");
  text.addEventListener("input", () => { recalled = 0; fit(); });
  text.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      submit();
    }
    if (event.key === "ArrowUp" && (text.value === "" || recalled)) recall(event, 1);
    if (event.key === "ArrowDown" && recalled) recall(event, -1);
  });
  $("composer").addEventListener("submit", (event) => { event.preventDefault(); submit(); });
  menuButton("attach", "attach-menu", attachments);
  on("selected", () => {
    if (writing) drafts.set(writing, text.value);
    writing = state.selected;
    text.value = drafts.get(writing) || "";
    recalled = 0;
    fit();
  });
}

async function submit() {
  const text = $("composer-text");
  const body = text.value;
  if (!body.trim()) return;
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

const mediaId = () => String(Math.floor(1e15 + Math.random() * 8e15));
const SHA = "n4bQgYhMfWWaL+qgxVrQFaO/TxsrC4Is0V1sFbDwCgg=";

function attachments() {
  const raw = (message) => sendBody({ type: "raw", message });
  return [
    ["image", "Photo", () => raw({ type: "image", image: { id: mediaId(), mime_type: "image/jpeg", sha256: SHA } })],
    ["pin", "Location", () => raw({ type: "location", location: { latitude: 12.9716, longitude: 77.5946, name: "Cubbon Park", address: "Bengaluru" } })],
    ["mic", "Voice note", () => raw({ type: "audio", audio: { id: mediaId(), mime_type: "audio/ogg; codecs=opus", sha256: SHA, voice: true } })],
    ["sticker", "Sticker", () => raw({ type: "sticker", sticker: { id: mediaId(), mime_type: "image/webp", sha256: SHA, animated: false } })],
    ["file", "Document", () => raw({ type: "document", document: { id: mediaId(), mime_type: "application/pdf", sha256: SHA, filename: "salary-slip.pdf" } })],
    ["person", "Contact", () => raw({ type: "contacts", contacts: [{ name: { formatted_name: "Meera Iyer", first_name: "Meera" }, phones: [{ phone: "+91 98400 00000", type: "CELL" }] }] })],
    ["heart", "Reaction to the last message", () => react(raw)],
  ];
}

function react(raw) {
  const to = (state.chats.get(state.selected) || []).findLast((message) => message.direction === "out");
  if (to) raw({ type: "reaction", reaction: { message_id: to.id, emoji: "👍" } });
}
