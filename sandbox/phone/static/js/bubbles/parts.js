// What bubbles of several kinds are made of.

import { h, icon } from "../dom.js";
import { file, film, picture } from "./media.js";
import { rich } from "./rich.js";

/** A text with WhatsApp's marks. */
export const words = (text, className = "text") => h("div", { className, dir: "auto" }, ...rich(String(text)));

/** The part above the words: a text, or the picture, film, file or place that is shown there. */
export function head(header, message) {
  const kind = String(header.type || header.format || "").toLowerCase();
  const part = header[kind] || {};
  if (kind === "text") return words(header.text || "", "text head");
  if (kind === "image") return picture(message, part);
  if (kind === "video") return film(message);
  if (kind === "document") return file(message, part);
  if (kind === "location") return h("div", {}, map(), h("div", { className: "foot" }, part.name || place(part)));
  return null;
}

/** A place in degrees. */
export const place = (part) => `${Number(part.latitude).toFixed(4)}, ${Number(part.longitude).toFixed(4)}`;

/** A piece of a map with a pin in it. */
export const map = () => h("span", { className: "map", role: "img", "aria-label": "Map" }, icon("pin"));
