// Opens a dialog and, when it closes, brings the focus back to where it came from, even if that was drawn anew meanwhile.

/** `back()` returns the element, or null. */
export function openModal(dialog, back = () => null) {
  const opener = document.activeElement;
  dialog.addEventListener("close", () => {
    const focused = document.activeElement;
    if (focused !== document.body && !dialog.contains(focused)) return;     // the browser found the way back itself
    const target = opener?.isConnected && opener.checkVisibility() ? opener : back();
    target?.focus({ preventScroll: true });
  }, { once: true });
  dialog.showModal();
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

export function say(line, words) {
  line.hidden = !words;
  line.lastElementChild.textContent = words;
}
