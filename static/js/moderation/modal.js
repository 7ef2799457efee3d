// What the dialogs of moderation have in common: they open and give the focus back, try what is asked of them and say what
// went wrong, and list what was looked up.

import { showModal } from "../dialogs/show_modal.js";
import { el, fill } from "../core/dom.js";
import { gettext } from "../core/translate.js";

/** When it closes, the focus goes back to where it came from, or to what `back()` returns if that was drawn anew meanwhile. */
export function openModal(dialog, back = () => null) {
  const opener = document.activeElement;
  dialog.addEventListener("close", () => {
    const focused = document.activeElement;
    if (focused !== document.body && !dialog.contains(focused)) return;     // the browser found the way back itself
    const target = opener?.isConnected && opener.checkVisibility() ? opener : back();
    target?.focus({ preventScroll: true });
  }, { once: true });
  showModal(dialog);
}

/** While `act` runs the button cannot be pressed again; what went wrong is said in `line`, an alert. Returns whether it went well. */
export async function attempt(button, line, act) {
  button.disabled = true;
  say(line, "");
  try {
    await act();
    return true;
  } catch (error) {
    say(line, error.message);
    return false;
  } finally {
    button.disabled = false;
  }
}

/** A row of each that was `found`; null: it could not be looked up. `nothing`: what is said where there is none. */
export function listFound(list, found, row, nothing) {
  fill(list, found?.length ? found.map(row) : el("li.field__hint", {}, found ? nothing : gettext("That could not be looked up.")));
}

export function say(line, words) {
  line.hidden = !words;
  line.lastElementChild.textContent = words;
}
