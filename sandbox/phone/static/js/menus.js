// Small menus that open beside a button.

import { $, h, icon } from "./dom.js";

let shown = null; // the menu that is open, and what closes it

/**
 * Open this menu beside its button. `items` are [icon, label, action, danger?]; `above` is a node put before them, whose
 * buttons belong to the menu too.
 */
export function openMenu(menu, button, items, above = null) {
  shown?.close(false);
  menu.replaceChildren(
    ...[above].filter(Boolean),
    ...items.filter(Boolean).map(([name, label, action, danger]) =>
      h("button", { type: "button", role: "menuitem", className: danger ? "danger" : "", onclick: () => { closeMenu(); action(); } }, icon(name), label),
    ),
  );
  const close = (back) => {
    menu.hidden = true;
    button.setAttribute("aria-expanded", "false");
    shown = null;
    if (back) button.focus({ preventScroll: true });
  };
  shown = { menu, button, close };
  menu.hidden = false;
  button.setAttribute("aria-expanded", "true");
  menu.querySelector("button").focus({ preventScroll: true });
}

/** Close whichever menu is open; the focus goes back to its button. */
export const closeMenu = () => shown?.close(true);

/** Let this button open that menu; `items` gives its items anew each time. */
export function menuButton(buttonId, menuId, items) {
  const [button, menu] = [$(buttonId), $(menuId)];
  button.addEventListener("click", () => (menu.hidden ? openMenu(menu, button, items()) : closeMenu()));
}

export function startMenus() {
  document.addEventListener("keydown", (event) => {
    if (!shown?.menu.contains(event.target)) return;
    const buttons = [...shown.menu.querySelectorAll("button")];
    const place = buttons.indexOf(document.activeElement);
    const next = {
      ArrowDown: (place + 1) % buttons.length,
      ArrowRight: (place + 1) % buttons.length,
      ArrowUp: (place - 1 + buttons.length) % buttons.length,
      ArrowLeft: (place - 1 + buttons.length) % buttons.length,
      Home: 0,
      End: buttons.length - 1,
    }[event.key];
    if (event.key === "Escape") closeMenu();
    if (event.key === "Tab") closeMenu();
    if (next === undefined) return;
    buttons[next].focus();
    event.preventDefault();
  });
  document.addEventListener("pointerdown", (event) => {
    if (shown && !shown.menu.contains(event.target) && !shown.button.contains(event.target)) shown.close(false);
  });
}
