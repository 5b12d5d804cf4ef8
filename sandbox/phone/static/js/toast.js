// What just happened, in a few plain words.

import { $, h } from "./dom.js";

const SHOWN_MS = 4200;

export function toast(words, { bad = false } = {}) {
  const note = h("div", { className: bad ? "toast bad" : "toast" }, words);
  const all = $("toasts");
  all.append(note);
  while (all.children.length > 2) all.firstChild.remove();
  setTimeout(() => {
    note.classList.add("going");
    setTimeout(() => note.remove(), 260);
  }, bad ? SHOWN_MS * 1.6 : SHOWN_MS);
}

/** Do something and say how it went; the words for success may depend on the result. */
export async function tellHow(work, words) {
  try {
    const result = await work();
    const said = typeof words === "function" ? words(result) : words;
    if (said) toast(said);
    return result;
  } catch (error) {
    toast(error.message, { bad: true });
    return null;
  }
}

/** Put a text on the clipboard, and say so. */
export async function copy(text, words = "Copied.") {
  await navigator.clipboard.writeText(text).then(() => toast(words), () => toast("This browser does not let the page copy.", { bad: true }));
}
