// How the drawer says things.

import { h } from "../dom.js";
import { dayAndTime } from "../time.js";

/** A name of the product's as words: "Full name" for `full_name`. */
export const spoken = (name) => {
  const words = String(name).replaceAll(/[_.-]+/g, " ").trim();
  return words.charAt(0).toUpperCase() + words.slice(1);
};

export const empty = (words) => h("p", { className: "empty" }, words);

/** A time, given in seconds or as ISO 8601, as people read it; null for what is none. */
export const when = (time) => {
  const seconds = epoch(time);
  return seconds === null ? null : dayAndTime(seconds);
};

/** It in seconds since the epoch. */
export const epoch = (time) => {
  if (typeof time === "number") return time;
  const parsed = typeof time === "string" ? Date.parse(time) / 1000 : NaN;
  return Number.isNaN(parsed) ? null : parsed;
};
