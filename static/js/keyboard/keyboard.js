// The keys that work on the whole page. In a text box or menu only those with Ctrl, ⌘ or Alt work, over a dialog hardly any,
// and single letters only if the person wants them (WCAG 2.1.4).

import { OPEN_DIALOG } from "../core/dom.js";
import { isForInputMethod } from "../core/input_method.js";
import { isChord, isKey, isSingle, movesCaret } from "./key_match.js";

const WRITING = "input, textarea, select, [popover]";

export class Keyboard {
  #handlers = [];

  /** `preferences`: {now: {letters}} */
  constructor(preferences) {
    this.preferences = preferences;
    document.addEventListener("keydown", (event) => this.#pressed(event));
  }

  /** Call `act(event)` when a key of the table is pressed; `act` returns false to pass the key on. */
  on(name, act, { overDialogs = false } = {}) {
    this.#handlers.push({ name, act, overDialogs });
  }

  #pressed(event) {
    if (event.defaultPrevented || isForInputMethod(event)) return;
    const done = this.#handlers.some(({ name, act, overDialogs }) => isKey(name, event) && this.#holds(name, event, overDialogs) && act(event) !== false);
    if (done) event.preventDefault();
  }

  #holds(name, { target }, overDialogs) {
    if (isSingle(name) && !this.preferences.now.letters) return false;
    if (!overDialogs && document.querySelector(OPEN_DIALOG)) return false;
    if (movesCaret(name, target)) return false;
    return isChord(name) || !target.closest(WRITING);
  }
}
