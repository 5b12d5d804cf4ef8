// A person's time, and how long the business may still write to them.

import * as api from "../api.js";
import { $, h } from "../dom.js";
import { current, nowOf } from "../store.js";
import { dayAndTime, hourMinute, leap, shortDay, span } from "../time.js";
import { tellHow } from "../toast.js";
import { button, buttons, lever } from "./levers.js";

const WINDOW = 24 * 3600; // seconds; Meta, customer service windows

const move = (hours) =>
  tellHow(
    () => api.moveClock(current().id, hours),
    ({ now }) => `It is ${leap(hours * 3600)} later for ${current().name}: ${dayAndTime(now)}.`,
  );

export const timeLever = () =>
  lever(
    "Time",
    "clock",
    h("div", { className: "lever-clock" }, h("b", { id: "world-time" }), h("span", { id: "world-day" })),
    buttons(
      button("+1 h", () => move(1), { title: "Move this person's clock an hour ahead" }),
      button("+24 h", () => move(24), { title: "Move this person's clock a day ahead" }),
    ),
  );

export const windowLever = () =>
  lever("24-hour window", "window", h("div", { className: "meter", id: "window-meter" }, h("i")), h("small", { id: "window-words" }));

/** Show what time it is for this user, and what is left of their window. */
export function showTime(user) {
  const now = nowOf(user);
  $("world-time").textContent = $("status-time").textContent = hourMinute(now);
  $("world-day").textContent = shortDay(now);
  $("status-ahead").textContent = user.ahead > 0 ? `${leap(user.ahead)} ahead` : "";
  const left = user.last_inbound ? user.last_inbound + WINDOW - now : -1;
  const open = left > 0;
  $("window-meter").classList.toggle("closed", !open && Boolean(user.last_inbound));
  $("window-meter").classList.toggle("unopened", !user.last_inbound);
  $("window-meter").firstElementChild.style.setProperty("--part", open ? left / WINDOW : 1);
  $("window-words").textContent = !user.last_inbound ? "Opens when they write" : open ? `Open for another ${span(Math.min(left, WINDOW - 60))}` : "Closed: only templates may be sent";
}
