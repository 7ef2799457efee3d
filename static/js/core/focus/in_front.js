// What must be seen or heard while a modal dialog is open is moved into it: everything behind it is inert, for readers as well.

import { OPEN_DIALOG } from "../dom.js";

/** Returns whether `node` was moved. @param {Element} node */
export function bringInFront(node) {
  const dialog = [...document.querySelectorAll(`${OPEN_DIALOG}:not(.dialog--closing)`)].at(-1);
  const place = dialog ?? document.body;
  if (node.parentElement === place) return false;
  place.append(node);
  dialog?.addEventListener("close", () => document.body.append(node), { once: true });
  return true;
}
