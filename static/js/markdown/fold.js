// A long message shows its beginning; the rest is one press away.

import { el } from "../core/dom.js";

const LINE = 95;         // characters on a full line
const MOST_LINES = 26;

/** Whether a text needs folding, by its length alone: what is measured in the page would move once it was. Pure. */
export function isLong(text) {
  let lines = 0;
  for (const line of text.split("\n")) {
    lines += Math.max(1, Math.ceil(line.length / LINE));
    if (lines > MOST_LINES) return true;
  }
  return false;
}

/** Fold it; returns the button that unfolds it. */
export function fold(prose) {
  const button = el("button.link.fold", { type: "button", "data-key": "fold" });
  const show = (all) => {
    prose.classList.toggle("prose--folded", !all);
    button.setAttribute("aria-expanded", String(all));
    button.textContent = all ? "Show less" : "Show all";
  };
  button.addEventListener("click", () => {
    show(prose.classList.contains("prose--folded"));
    button.scrollIntoView({ block: "nearest" });
  });
  prose.addEventListener("focusin", () => show(true));   // a link further down must be seen by who comes to it
  show(false);
  return button;
}
