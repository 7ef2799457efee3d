// A short message about what was done, with a button to undo it where that is possible.

import { byId, el, fill } from "./dom.js";

const FOR = 7000;
/** @type {ReturnType<typeof setTimeout> | undefined} */
let timer;

/** `undo`: {words, act} or null. @param {string} words @param {{words: string, act: () => void} | null} [undo] */
export function toast(words, undo = null) {
  const node = byId("toast");
  const button = undo && el("button.button", { type: "button", onclick: () => { node.hidden = true; undo.act(); } }, undo.words);
  fill(node, el("span", {}, words), button);
  node.hidden = false;
  clearTimeout(timer);
  timer = setTimeout(() => { node.hidden = true; }, FOR);
}
