// Shared by the dialogs of moderation: opening and returning the focus, trying an action and showing its error, and listing
// what was fetched.

import { showModal } from "../dialogs/show_modal.js";
import { el, fill } from "../core/dom.js";
import { gettext } from "../core/translate.js";

/** On closing, the focus returns to the opener, or to what `back()` returns if that was drawn again meanwhile. */
export function openModal(dialog, back = () => null) {
  const opener = document.activeElement;
  dialog.addEventListener("close", () => {
    const focused = document.activeElement;
    if (focused !== document.body && !dialog.contains(focused)) return;     // the browser has returned the focus itself
    const target = opener?.isConnected && opener.checkVisibility() ? opener : back();
    target?.focus({ preventScroll: true });
  }, { once: true });
  showModal(dialog);
}

/** Disables the button while `act` runs; shows an error in `line`, an alert. Returns whether it succeeded. */
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

/** A row for each item of `found`; null: the request failed. `nothing`: the text for an empty list. */
export function listFound(list, found, row, nothing) {
  fill(list, found?.length ? found.map(row) : el("li.field__hint", {}, found ? nothing : gettext("The search failed.")));
}

export function say(line, words) {
  line.hidden = !words;
  line.lastElementChild.textContent = words;
}
