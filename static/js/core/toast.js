// A short message about what was done, with a button to undo it where that is possible. It stays while somebody is about to press it.

import { announce } from "./announce.js";
import { byId, el, fill } from "./dom.js";
import { bringInFront } from "./focus/in_front.js";
import { keepFocus } from "./focus/keep_focus.js";

const FOR = 7000;
const LONG = 60_000;       // for what can be undone nowhere else
const AGAIN = 2000;
/** @type {ReturnType<typeof setTimeout> | undefined} */
let timer;

/**
 * `undo`: {words, act} or null; with `stays` for much longer.
 * @param {string} words
 * @param {{words: string, act: () => void, stays?: boolean} | null} [undo]
 */
export function toast(words, undo = null) {
  const node = byId("toast");
  const before = document.activeElement;
  const button = undo && el("button.button", { type: "button", onclick: () => { node.hidden = true; undo.act(); setTimeout(() => keepFocus(before), 0); } }, undo.words);
  fill(node, el("span", {}, words), button);
  node.hidden = false;
  bringInFront(node);
  announce([words, undo && `${undo.words}: F6`].filter(Boolean).join(" · "));
  hideAfter(node, undo?.stays ? LONG : FOR);
}

/** @param {HTMLElement} node @param {number} milliseconds */
function hideAfter(node, milliseconds) {
  clearTimeout(timer);
  timer = setTimeout(() => {
    if (node.contains(document.activeElement) || node.matches(":hover")) hideAfter(node, AGAIN);
    else node.hidden = true;
  }, milliseconds);
}
