// Shows a modal dialog in one frame and makes it modal in the next, and closes it the same way. To make everything behind it
// inert, or active again, the browser restyles the whole page, which takes longer than the dialog itself: that happens in the
// frame after, or with the next key or click if that is sooner (decision 23).

import { afterPaint } from "../core/dom.js";

const LAYERS = "dialog:modal, :popover-open";
let finishClosing = () => {};

/** Does what dialog.showModal() does, in two steps. */
export function showModal(dialog) {
  finishClosing();
  // Above a modal dialog or a menu only the browser's top layer is visible: there it takes one step.
  if (document.querySelector(LAYERS)) return dialog.showModal();
  const opener = document.activeElement;
  dialog.show();
  afterFrame(() => { if (dialog.open) makeModal(dialog, opener); });
}

/** Does what dialog.close() does, in two steps: hidden first, then no longer modal. */
export function closeModal(dialog) {
  if (dialog.classList.contains("dialog--closing")) return;
  if (!dialog.matches(":modal") || document.querySelectorAll(LAYERS).length > 1) return dialog.close();
  dialog.classList.add("dialog--closing");
  finishClosing = afterFrame(() => {
    finishClosing = () => {};
    dialog.close();
    dialog.classList.remove("dialog--closing");
  });
}

/** Calls `act` after the frame is painted, or before the next key or click; the returned function calls it at once. */
function afterFrame(act) {
  const done = new AbortController();
  const finish = () => {
    if (done.signal.aborted) return;
    done.abort();
    act();
  };
  for (const input of ["keydown", "pointerdown"]) addEventListener(input, finish, { capture: true, signal: done.signal });
  afterPaint(finish);
  return finish;
}

/**
 * Makes an open dialog modal without drawing it again. The browser would return the focus to what has it now, which is in the dialog
 * already; to focus the opener for a moment would be read aloud.
 */
function makeModal(dialog, opener) {
  dialog.removeAttribute("open");             // not close(): that would emit an event
  dialog.showModal();
  dialog.addEventListener("close", () => {
    const { activeElement } = document;
    if (activeElement === document.body || dialog.contains(activeElement)) opener?.focus({ preventScroll: true });
  }, { once: true });
}
