// A template as the person sees it: the sandbox gives it with its parameters filled in.

import { h } from "../dom.js";
import { head, words } from "./parts.js";

/** The nodes of a template's bubble. */
export function templateBody(part, message) {
  const { shown } = message;
  if (!shown) return unknown(part);
  const above = shown.header && head(withPart(shown.header, part), message);
  const bare = shown.header && shown.header.format !== "TEXT";
  return {
    className: bare ? "template pictured" : "template",
    nodes: [above, words(shown.body || ""), shown.footer && words(shown.footer, "foot")],
  };
}

// The file or the place of a header is in the request's component, not in what is shown.
function withPart(header, part) {
  const given = (part.components || []).find((component) => String(component.type).toLowerCase() === "header")?.parameters?.[0];
  const kind = String(header.format).toLowerCase();
  return { ...header, type: kind, [kind]: header[kind] || given?.[kind] || {} };
}

// What the request says, where nobody could fill it in.
function unknown(part) {
  const values = (part.components || []).flatMap((component) => component.parameters || []).map((one) => one.text || one.payload || one.type);
  return { className: "template", nodes: [words(values.join("\n") || "…"), h("div", { className: "foot" }, `Template ${part.name} in ${part.language?.code}`)] };
}
