// Drawn in place of what there is no file for.

import { h } from "../dom.js";

/** The bars of a voice. */
export function wave() {
  const bars = h("span", { className: "wave", "aria-hidden": "true" });
  for (let place = 0; place < 26; place += 1) {
    const bar = h("i");
    bar.style.height = `${5 + Math.round(17 * Math.abs(Math.sin(place * 1.7) * Math.cos(place * 0.6)))}px`;
    bars.append(bar);
  }
  return bars;
}

const PETALS = [[30, 14, 13, "#e07a00"], [20, 11, 11, "#f39a17"], [10, 8, 9, "#fbbf4a"], [0, 1, 8, "#ffe09a"]];

/** A marigold as a sticker. */
export function flower() {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("viewBox", "-50 -50 100 100");
  svg.setAttribute("class", "flower");
  svg.setAttribute("role", "img");
  svg.setAttribute("aria-label", "Sticker: a marigold");
  for (const [x, y, size, colour] of petals()) {
    const circle = document.createElementNS("http://www.w3.org/2000/svg", "circle");
    circle.setAttribute("cx", x.toFixed(1));
    circle.setAttribute("cy", y.toFixed(1));
    circle.setAttribute("r", size);
    circle.setAttribute("fill", colour);
    svg.append(circle);
  }
  return svg;
}

/** A marigold's petals around its middle, from -50 to 50, as [x, y, radius, colour]. */
export function petals() {
  return PETALS.flatMap(([radius, count, size, colour]) =>
    Array.from({ length: count }, (_, petal) => {
      const angle = (petal / count) * 2 * Math.PI + radius;
      return [radius * Math.cos(angle), radius * Math.sin(angle), size, colour];
    }),
  );
}
