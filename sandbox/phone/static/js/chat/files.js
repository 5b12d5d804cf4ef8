// Files of this device: chosen, dropped on the chat or pasted, looked at, and sent.

import { typeName, size } from "../bubbles/media.js";
import { $, h, icon } from "../dom.js";
import { current } from "../store.js";
import { sendFile } from "./sending.js";

const KINDS = { "image/jpeg": "image", "image/png": "image", "image/webp": "sticker", "video/mp4": "video", "video/3gpp": "video" };
const AUDIO = /^audio\/(aac|amr|mpeg|mp4|ogg)/;
const NAMES = { image: "a photo", sticker: "a sticker", video: "a video", audio: "an audio", document: "a document" };
const CAPTIONED = new Set(["image", "video", "document"]);
const SHOWN = 8_000_000; // bytes of a picture that is still drawn before it is sent

const kindOf = (file) => KINDS[file.type] || (AUDIO.test(file.type) ? "audio" : "document");

let offered = null;

/** Let the person choose a file. */
export const chooseFile = () => $("file-choice").click();

export function startFiles() {
  const dialog = $("file-dialog");
  $("file-choice").addEventListener("change", (event) => {
    const [file] = event.target.files;
    event.target.value = ""; // the same file may be chosen again
    if (file) offer(file);
  });
  $("composer-text").addEventListener("paste", (event) => {
    const [file] = event.clipboardData?.files || [];
    if (!file) return;
    event.preventDefault();
    offer(file);
  });
  const screen = $("screen");
  screen.addEventListener("dragover", (event) => {
    if (![...event.dataTransfer.types].includes("Files")) return;
    event.preventDefault();
    screen.classList.add("dropping");
  });
  screen.addEventListener("dragleave", (event) => !screen.contains(event.relatedTarget) && screen.classList.remove("dropping"));
  screen.addEventListener("drop", (event) => {
    event.preventDefault();
    screen.classList.remove("dropping");
    const [file] = event.dataTransfer.files;
    if (file) offer(file);
  });
  $("file-cancel").addEventListener("click", () => dialog.close());
  $("file-as").addEventListener("change", caption);
  $("file-form").addEventListener("submit", () => {
    const words = $("file-caption").value.trim();
    const type = kind();
    sendFile(type, offered, offered.name, CAPTIONED.has(type) ? words : "");
  });
}

const kind = () => ($("file-as").querySelector("input").checked ? "document" : kindOf(offered));

const caption = () => { $("file-caption").closest("label").hidden = !CAPTIONED.has(kind()); };

async function offer(file) {
  if (!current()) return;
  offered = file;
  const guessed = kindOf(file);
  $("file-form").reset();
  $("file-title").textContent = `Send ${NAMES[guessed]}`;
  $("file-as").hidden = guessed === "document";
  caption();
  const card = h("div", { className: "file" }, icon("file"), h("div", {}, h("span", { dir: "auto" }, file.name), h("small", {}, [typeName(file.type), size(file.size)].filter(Boolean).join(" · "))));
  const address = /^image\//.test(file.type) && file.size <= SHOWN ? await asAddress(file) : null;
  $("file-preview").replaceChildren(...[address && h("img", { src: address, alt: "" }), card].filter(Boolean));
  $("file-dialog").showModal();
}

const asAddress = (file) =>
  new Promise((resolve) => {
    const reader = new FileReader();
    reader.addEventListener("load", () => resolve(reader.result));
    reader.addEventListener("error", () => resolve(null));
    reader.readAsDataURL(file);
  });
