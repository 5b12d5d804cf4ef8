// Pictures, films, voices and files, from the sandbox's own address; a placeholder where there is none.

import { h, icon } from "../dom.js";
import { wave } from "./drawings.js";

const UNITS = ["bytes", "kB", "MB"];

/** A size as people read it: "812 bytes", "24 kB", "3.1 MB". */
export function size(bytes) {
  if (!Number.isFinite(bytes)) return "";
  const step = Math.min(2, bytes < 1000 ? 0 : Math.floor(Math.log10(bytes) / 3));
  const shown = bytes / 1000 ** step;
  return `${step && shown < 10 ? shown.toFixed(1) : Math.round(shown)} ${UNITS[step]}`;
}

const NAMES = { "application/pdf": "PDF", "text/plain": "Text", "image/jpeg": "JPEG", "image/png": "PNG", "application/msword": "Word" };

/** A type as people say it: "PDF" for `application/pdf`. */
export function typeName(mime) {
  const bare = String(mime || "").split(";")[0].trim();
  if (!bare) return "";
  if (NAMES[bare]) return NAMES[bare];
  if (bare.includes("wordprocessing")) return "Word";
  if (bare.includes("spreadsheet") || bare.includes("excel")) return "Excel";
  if (bare.includes("presentation") || bare.includes("powerpoint")) return "PowerPoint";
  return bare.split("/").pop().toUpperCase();
}

// Only the sandbox's own addresses are ever asked for: a link in a payload is another host's.
const own = (message) => (message.media?.url?.startsWith("/sandbox/media/") ? message.media.url : null);

/** A picture that opens in a tab of its own; a drawn one while the file is not there. */
export function picture(message, part, name = "Photo") {
  const address = own(message);
  const placeholder = () => h("span", { className: "picture", role: "img", "aria-label": name });
  if (!address) return placeholder();
  const alt = part.caption ? `${name}: ${part.caption}` : name;
  const image = h("img", { alt, loading: "lazy", decoding: "async" });
  const link = h("a", { className: "photo", href: address, target: "_blank", rel: "noreferrer noopener" }, image);
  image.addEventListener("error", () => link.replaceWith(placeholder()));
  image.src = address;
  return link;
}

/** A film with the browser's own controls. */
export function film(message) {
  const address = own(message);
  if (!address) return h("span", { className: "picture", role: "img", "aria-label": "Video" }, icon("play"));
  return h("video", { className: "film", src: address, controls: true, preload: "metadata", "aria-label": "Video" });
}

/** A file's card; a tap downloads it. */
export function file(message, part) {
  const address = own(message);
  const known = message.media || {};
  const name = part.filename || known.filename || "Document";
  const mime = known.mime_type || part.mime_type;
  const small = [typeName(mime), size(known.size)].filter(Boolean).join(" · ");
  const content = [icon("file"), h("div", {}, h("span", { dir: "auto" }, name), h("small", {}, small || part.mime_type || ""))];
  if (!address) return h("div", { className: "file" }, ...content);
  return h("a", { className: "file", href: `${address}?filename=${encodeURIComponent(name)}`, download: name }, ...content, icon("download", "go"));
}

/** A voice note, with what is said in it where that is known; one that has a file can be listened to. */
export function voice(message, part) {
  const words = message.media?.words;
  return words ? h("div", { className: "spoken" }, sound(message, part), h("p", { dir: "auto" }, words)) : sound(message, part);
}

function sound(message, part) {
  const address = own(message);
  const name = part.voice === false ? "Audio" : "Voice message";
  if (!address) return h("div", { className: "voice" }, icon("play"), wave(), h("span", { className: "hidden" }, name));
  const button = h("button", { type: "button", className: "play", "aria-label": `Play: ${name}`, "aria-pressed": "false" }, icon("play"));
  const box = h("div", { className: "voice" }, button, wave(), h("small", {}, size(message.media.size)));
  let audio = null;
  const playing = (yes) => {
    button.setAttribute("aria-pressed", String(yes));
    button.querySelector("use").setAttribute("href", yes ? "#i-pause" : "#i-play");
  };
  button.addEventListener("click", () => {
    if (!audio) {
      audio = new Audio(address);
      audio.addEventListener("ended", () => playing(false));
      audio.addEventListener("pause", () => playing(false));
      audio.addEventListener("timeupdate", () => box.style.setProperty("--heard", audio.currentTime / (audio.duration || 1)));
      audio.addEventListener("error", () => { playing(false); box.classList.add("broken"); });
    }
    if (audio.paused) audio.play().then(() => playing(true), () => playing(false));
    else audio.pause();
  });
  return box;
}
