// How the recogniser treats whoever speaks.

import * as api from "../api.js";
import { tellHow } from "../toast.js";
import { buttons, lever, segments } from "./levers.js";

const STATES = {
  up: "The recogniser understands again.",
  deaf: "The recogniser hears no words in any voice note from now on.",
  slow: "The recogniser now takes eight seconds to understand.",
  down: "The recogniser is down: every request gets HTTP 503.",
};

export function speechLever() {
  const states = segments("Recogniser", [["up", "On"], ["deaf", "Deaf"], ["slow", "Late"], ["down", "Off"]], (state) =>
    tellHow(() => api.changeSpeech(state), STATES[state]));
  return lever("Voice notes", "mic", buttons(states));
}

/** Ask how the recogniser is, and show it. Raises for a refusal of the sandbox. */
export async function showSpeech() {
  const { state } = await api.speech();
  for (const input of document.querySelectorAll('.segments input[name="Recogniser"]')) input.checked = input.value === state;
}
