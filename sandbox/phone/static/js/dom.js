// Making elements. Text always becomes a text node: nothing that a person wrote is ever read as markup.

const SVG = "http://www.w3.org/2000/svg";

/** An element: properties, `on…` listeners, `data-…`/`aria-…` attributes, then children (falsy ones are left out). */
export function h(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (name in element && !name.includes("-")) element[name] = value;
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.flat().filter((child) => child || child === 0));
  return element;
}

/** An icon of the page's sprite. */
export function icon(name, className = "") {
  const svg = document.createElementNS(SVG, "svg");
  if (className) svg.setAttribute("class", className);
  svg.setAttribute("aria-hidden", "true");
  const use = document.createElementNS(SVG, "use");
  use.setAttribute("href", `#i-${name}`);
  svg.append(use);
  return svg;
}

/** The element with this id. */
export const $ = (id) => document.getElementById(id);

const HUES = [2, 24, 158, 186, 212, 262, 292, 328];

/** A colour's hue for a name, always the same. */
export function hue(text) {
  let sum = 7;
  for (const character of text) sum = (sum * 31 + character.codePointAt(0)) % 100_003;
  return HUES[sum % HUES.length];
}

/** A round picture with initials. */
export function avatar(name) {
  const initials = name.split(/\s+/).filter(Boolean).slice(0, 2).map((word) => [...word][0]).join("").toUpperCase();
  const circle = h("span", { className: "avatar", "aria-hidden": "true" }, initials);
  circle.style.setProperty("--hue", hue(name));
  return circle;
}
