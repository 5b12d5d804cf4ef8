// What Meta has decided about each template.

import { h } from "../../dom.js";
import { allTemplates, setTemplate } from "./state.js";

const STATUSES = ["APPROVED", "PAUSED", "DISABLED", "PENDING", "REJECTED"];
const WORDS = {
  APPROVED: "It can be sent.",
  PAUSED: "Sends are refused with 132015.",
  DISABLED: "Sends are refused with 132016.",
  PENDING: "Sends are refused with 132001.",
  REJECTED: "Sends are refused with 132001.",
};

// A long name may break behind its underscores.
const breakable = (name) => name.split(/(?<=_)/).flatMap((part) => [part, h("wbr")]);

/** A box of all templates, and what brings it up to date. */
export function templateRows() {
  const element = h("div", { className: "fault-rows" });
  let drawn = "";

  function draw(all) {
    const rows = all.map((one) =>
      h(
        "div",
        { className: "fault template-row", "data-template": `${one.name} ${one.language}` },
        h("div", { className: "fault-words" }, h("b", {}, ...breakable(one.name)), h("p", {}, h("span", { className: "template-facts" }), " ", h("span", { className: "template-effect" })), h("small", { className: "struck" })),
        h(
          "select",
          { "aria-label": `Status of ${one.name} in ${one.language}`, onchange: (event) => setTemplate(one, event.target.value) },
          ...STATUSES.map((status) => h("option", { value: status }, status.charAt(0) + status.slice(1).toLowerCase())),
        ),
      ),
    );
    const none = h("p", { className: "fault-none" }, "The sandbox knows no templates. SANDBOX_TEMPLATES names a file of them, and POST /sandbox/templates adds one.");
    element.replaceChildren(...(rows.length ? rows : [none]));
  }

  function update() {
    const all = allTemplates();
    const names = JSON.stringify(all.map((one) => [one.name, one.language]));
    if (names !== drawn) draw(all);
    drawn = names;
    all.forEach((one, place) => {
      const row = element.children[place];
      row.classList.toggle("on", one.status !== "APPROVED");
      row.querySelector("select").value = one.status;
      row.querySelector(".template-facts").textContent = `${one.language}, ${String(one.category).toLowerCase()}.`;
      row.querySelector(".template-effect").textContent = WORDS[one.status] || "";
      row.querySelector(".struck").textContent = one.sends ? `sent ${one.sends === 1 ? "once" : `${one.sends} times`}` : "";
    });
  }
  return { element, update, broken: () => allTemplates().filter((one) => one.status !== "APPROVED").length };
}
