// Folds long messages: shows the beginning, and a button for the rest.

import { el } from "../core/dom.js";

const LINE = 95;         // characters on a full line
const MOST_LINES = 26;

/** Whether a text needs folding, by its length alone: measuring in the page would move the rows below. Pure. */
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
  prose.addEventListener("focusin", () => show(true));   // a link further down must be visible when it gets the focus
  show(false);
  return button;
}
