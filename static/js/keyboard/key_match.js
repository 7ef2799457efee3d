// Whether a key event matches a key of the table, and what is printed on that key.

import { isForInputMethod } from "../core/input_method.js";
import { partsOf } from "./key_table.js";
import { gettext } from "../core/translate.js";

const IS_MAC = /Mac|iP(?:hone|ad|od)/.test(globalThis.navigator?.platform ?? "");
const WORDS = { Mod: IS_MAC ? "⌘" : gettext("Ctrl"), Alt: IS_MAC ? "⌥" : "Alt", ArrowUp: "↑", ArrowDown: "↓", Escape: "Esc", PageUp: gettext("Page up"), PageDown: gettext("Page down"), Home: gettext("Home"), End: gettext("End") };

/** Pure. Punctuation matches by the character itself: its keys depend on the layout. */
export function isKey(name, event, mac = IS_MAC) {
  if (isForInputMethod(event)) return false;
  const held = partsOf(name);
  const key = held.pop();
  if (signOf(event) !== key.toLowerCase()) return false;
  const down = { Mod: mac ? event.metaKey : event.ctrlKey, Alt: event.altKey, Shift: event.shiftKey && !isSingle(name) };
  if (mac ? event.ctrlKey : event.metaKey) return false;
  return Object.entries(down).every(([modifier, isDown]) => held.includes(modifier) === Boolean(isDown));
}

/**
 * A non-Latin letter matches by its key, as "с" on the key of "c": else no shortcut works on such a keyboard. Some keys of Arabic
 * layouts give two letters, and some of Thai and Indian ones a mark without a letter.
 */
function signOf({ key, code = "" }) {
  const byKey = /^[\p{L}\p{M}]{1,3}$/u.test(key) && !/\p{Script=Latin}/u.test(key) && /^Key[A-Z]$/.test(code);
  return (byKey ? code.at(-1) : key).toLowerCase();
}

/** Whether a key is a single character, which speech input or an accident can trigger. */
export function isSingle(name) {
  const parts = partsOf(name);
  return parts.length === 1 && parts[0].length === 1;
}

/** Whether a key moves the caret in this text: on a Mac, ⌥↑ and ⌥↓ go to the paragraph's begin and end. */
export function movesCaret(name, { value = "", localName = "" }, mac = IS_MAC) {
  const [modifier, key] = partsOf(name);
  return mac && modifier === "Alt" && key.startsWith("Arrow") && ["textarea", "input"].includes(localName) && value !== "";
}

/** Whether a key works while the person is typing. */
export function isChord(name) {
  const parts = partsOf(name);
  return ["Mod", "Alt"].includes(parts[0]) || /^F\d+$/.test(parts.at(-1));
}

/** 1 for down, -1 for up in a list, else 0. */
export function stepOf(event) {
  return isKey("down", event) ? 1 : isKey("up", event) ? -1 : 0;
}

/** The labels of the keys: ["Ctrl", "K"]. */
export function keyWords(name) {
  return partsOf(name).map((part) => WORDS[part] ?? part);
}
