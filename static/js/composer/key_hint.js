// What the keys do in the message box: said below it, and on the Enter key of a touch keyboard.

import { enterSends } from "../core/enter_key.js";
import { isKey, keyWords } from "../keyboard/key_match.js";
import { gettext } from "../core/translate.js";

/** Whether this key sends, by the person's `preferences`: {enterSends}. */
export function isSendKey(event, preferences) {
  return isKey("sendAlways", event) || (isKey("send", event) && enterSends(preferences));
}

/** Pure. The words below the box. */
export function keyHint(preferences, editing) {
  const sends = enterSends(preferences);
  const keys = keyWords(sends ? "send" : "sendAlways").join("+");
  if (editing) return gettext("%(keys)s to save, Esc to cancel", { keys });
  return gettext("%(keys)s to send, %(newLine)s for a new line", { keys, newLine: keyWords(sends ? "newLine" : "send").join("+") });
}

/** Pure. The value of `enterkeyhint`. */
export function enterKeyHint(preferences, editing) {
  if (!enterSends(preferences)) return "enter";
  return editing ? "done" : "send";
}
