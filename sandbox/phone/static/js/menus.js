// Small menus that open beside a button.

import { $, h, icon } from "./dom.js";

/** Let this button open that menu; `items` gives [icon, label, action, danger?] anew each time. */
export function menuButton(buttonId, menuId, items) {
  const button = $(buttonId);
  const menu = $(menuId);
  const show = (open) => {
    menu.hidden = !open;
    button.setAttribute("aria-expanded", String(open));
  };
  const close = () => {
    if (menu.hidden) return;
    show(false);
    button.focus({ preventScroll: true });
  };
  button.addEventListener("click", () => {
    if (!menu.hidden) return close();
    menu.replaceChildren(
      ...items().map(([name, label, action, danger]) =>
        h("button", { type: "button", role: "menuitem", className: danger ? "danger" : "", onclick: () => { close(); action(); } }, icon(name), label),
      ),
    );
    show(true);
    menu.querySelector("button").focus();
  });
  menu.addEventListener("keydown", (event) => {
    const buttons = [...menu.querySelectorAll("button")];
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (event.key === "Escape") close();
    if (step) {
      buttons[(buttons.indexOf(document.activeElement) + step + buttons.length) % buttons.length].focus();
      event.preventDefault();
    }
  });
  document.addEventListener("pointerdown", (event) => {
    if (!menu.hidden && !menu.contains(event.target) && !button.contains(event.target)) show(false);
  });
}
