// How the job search treats whoever looks for something.

import * as api from "../api.js";
import { tellHow } from "../toast.js";
import { buttons, lever, segments } from "./levers.js";

const MOODS = {
  up: [{ state: "up", found: null }, "The job search answers again."],
  none: [{ state: "up", found: 0 }, "The job search finds nothing from now on."],
  slow: [{ state: "slow", found: null }, "The job search now takes eight seconds to answer."],
  down: [{ state: "down", found: null }, "The job search is down: every request gets HTTP 503."],
};

export function jobsLever() {
  const moods = segments("Job search", [["up", "Up"], ["none", "Nothing"], ["slow", "Slow"], ["down", "Down"]], (value) =>
    tellHow(() => api.changeJobs(MOODS[value][0]), MOODS[value][1]));
  return lever("Job search", "search", buttons(moods));
}

/** Ask how the job search is, and show it. Raises for a refusal of the sandbox. */
export async function showJobs() {
  const { state, found } = await api.jobs();
  const mood = state === "up" && found === 0 ? "none" : state;
  for (const input of document.querySelectorAll('.segments input[name="Job search"]')) input.checked = input.value === mood;
}
