// How the decision backend treats the next applicant, and whether it answers at all.

import * as api from "../api.js";
import { tell } from "../store.js";
import { tellHow } from "../toast.js";
import { buttons, label, lever, segments } from "./levers.js";

const HEALTH = { up: "The lenders answer again.", slow: "The lenders now take eight seconds to answer.", down: "The lenders are down: every request gets HTTP 503." };
const REFUSED = { declined: "The next applicant is declined, with reasons.", referred: "The next applicant is referred to a person." };

const change = (changes, words) => tellHow(() => api.changeDecision(changes).then(mark), words);

export function lendersLever() {
  const offers = segments("Loan offers", [["0", "0"], ["1", "1"], ["3", "3"], ["4", "4"], ["11", "11"]], (value) =>
    change({ offers: Number(value), outcome: "offers" }, value === "1" ? "The next applicant gets one offer." : `The next applicant gets ${value === "0" ? "no" : value} offers.`));
  const refusals = segments("Refusals", [["declined", "Declined"], ["referred", "Referred"]], (value) => change({ outcome: value }, REFUSED[value]));
  const health = segments("Health of the decision backend", [["up", "Up"], ["slow", "Slow"], ["down", "Down"]], (value) => change({ state: value }, HEALTH[value]));
  return lever("Lenders", "bank", label("Offers for the next applicant"), buttons(offers), buttons(refusals), label("The lenders’ server"), buttons(health));
}

/** Ask how the lenders are, and show it. Raises for a refusal of the sandbox. */
export const showLenders = () => api.decision().then(mark);

/** The lenders' server answers again. */
export const mendLenders = () => api.changeDecision({ state: "up" }).then(mark);

// Offers and refusals exclude each other; the radio groups show one of them.
function mark(profile) {
  const check = (name, value) => {
    for (const input of document.querySelectorAll(`.segments input[name="${name}"]`)) input.checked = input.value === value;
  };
  check("Loan offers", profile.outcome === "offers" ? String(profile.offers) : "");
  check("Refusals", profile.outcome);
  check("Health of the decision backend", profile.state);
  tell("lenders", profile.state);
  return profile;
}
