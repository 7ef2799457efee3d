// Shows a modal dialog in the next frame, and hides it in the next one too. To make all that lies behind it inert, or alive again, the browser
// styles the whole page anew, which takes longer than the dialog itself: that comes in the frame after, or with the next key or press
// if one is sooner (decision 23).

import { afterPaint } from "../core/dom.js";

const LAYERS = "dialog:modal, :popover-open";
let finishClosing = () => {};

/** Does what dialog.showModal() does, in two steps. */
export function showModal(dialog) {
  finishClosing();
  // Above what is modal already, or a menu, only the browser's top layer is: there it is one step.
  if (document.querySelector(LAYERS)) return dialog.showModal();
  const opener = document.activeElement;
  dialog.show();
  afterFrame(() => { if (dialog.open) makeModal(dialog, opener); });
}

/** Does what dialog.close() does, in two steps: seen no more, then modal no more. */
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

/** ModerationApi once the frame is painted, or before the next key or press is; whoever cannot wait calls what this returns. */
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

/** A dialog that is open becomes modal: nothing of it is drawn anew, and its closing leads back to the opener. */
function makeModal(dialog, opener) {
  opener?.focus({ preventScroll: true });     // showModal() takes what has the focus for the place to go back to
  dialog.removeAttribute("open");             // not close(): that would tell everybody
  dialog.showModal();
}
