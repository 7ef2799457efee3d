// Shows a modal dialog in the next frame. To make all that lies behind it inert the browser styles the whole page anew, which takes
// longer than the dialog itself: that comes in the frame after, or with the next key or press if one is sooner (decision 23).

import { afterPaint } from "../dom.js";

/** Does what dialog.showModal() does, in two steps. */
export function showModal(dialog) {
  // Above what is modal already, or a menu, only the browser's top layer is: there it is one step.
  if (document.querySelector("dialog:modal, :popover-open")) return dialog.showModal();
  const opener = document.activeElement;
  const done = new AbortController();
  const finish = () => {
    if (done.signal.aborted) return;
    done.abort();
    if (dialog.open) makeModal(dialog, opener);
  };
  dialog.show();
  for (const input of ["keydown", "pointerdown"]) addEventListener(input, finish, { capture: true, signal: done.signal });
  afterPaint(finish);
}

/** A dialog that is open becomes modal: nothing of it is drawn anew, and its closing leads back to the opener. */
function makeModal(dialog, opener) {
  opener?.focus({ preventScroll: true });     // showModal() takes what has the focus for the place to go back to
  dialog.removeAttribute("open");             // not close(): that would tell everybody
  dialog.showModal();
}
