// The microphone: what is said is written down here, and goes out as a voice note.

import { $ } from "../dom.js";
import { on } from "../store.js";
import { sendBody } from "./sending.js";

export function startSpeaking() {
  const words = $("speaking-words");
  $("speak").addEventListener("click", () => ($("speaking").hidden ? open() : close()));
  $("speaking-stop").addEventListener("click", close);
  words.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    event.stopPropagation();
    close();
  });
  $("speaking").addEventListener("submit", async (event) => {
    event.preventDefault();
    const said = words.value.trim();
    words.value = "";
    if (!(await sendBody({ type: "voice", words: said })) && !words.value) words.value = said;
  });
  on("selected", () => { words.value = ""; show(false); });
}

function open() {
  show(true);
  $("speaking-words").focus({ preventScroll: true });
}

function close() {
  show(false);
  $("composer-text").focus({ preventScroll: true });
}

function show(yes) {
  $("speaking").hidden = !yes;
  $("speak").setAttribute("aria-expanded", String(yes));
}
