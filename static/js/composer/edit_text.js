// Changes the text of a box in the way a person does by typing: the browser keeps its undo history, and "input" is emitted.

/**
 * Puts `text` in place of the characters from `start` to `end`; the caret is after it.
 * @param {HTMLTextAreaElement | HTMLInputElement} box
 * @param {number} start
 * @param {number} end
 * @param {string} text
 */
export function replaceRange(box, start, end, text) {
  box.focus({ preventScroll: true });
  box.setSelectionRange(start, end);
  if (start === end && !text) return;
  // Deprecated, and still the only way that keeps Ctrl+Z: setting `value`, and setRangeText, forget what can be undone. It acts
  // on what has the focus, which a hidden box cannot get.
  const done = document.activeElement === box && document.execCommand?.(text ? "insertText" : "delete", false, text);
  if (!done) setRange(box, start, end, text);
  // What is typed next is undone apart from this.
  box.setSelectionRange(start + text.length, start + text.length);
}

/**
 * Makes `text` what the box contains, and selects from `start` to `end`. Only what differs is replaced.
 * @param {HTMLTextAreaElement | HTMLInputElement} box
 * @param {{text: string, start: number, end: number}} wanted
 */
export function changeText(box, { text, start, end }) {
  const { from, to, put } = difference(box.value, text);
  replaceRange(box, from, to, put);
  box.setSelectionRange(start, end);
}

/**
 * Pure. The shortest piece that makes `before` into `after`: put `put` in place of `from`…`to`.
 * @param {string} before
 * @param {string} after
 */
export function difference(before, after) {
  const most = Math.min(before.length, after.length);
  let from = 0;
  while (from < most && before[from] === after[from]) from += 1;
  if (/[\ud800-\udbff]/.test(after[from - 1] ?? "")) from -= 1;     // not between the halves of a character
  let same = 0;
  while (same < most - from && before.at(-1 - same) === after.at(-1 - same)) same += 1;
  if (/[\udc00-\udfff]/.test(after.at(-same) ?? "") && same) same -= 1;
  return { from, to: before.length - same, put: after.slice(from, after.length - same) };
}

/** @param {HTMLTextAreaElement | HTMLInputElement} box @param {number} start @param {number} end @param {string} text */
function setRange(box, start, end, text) {
  box.setRangeText(text, start, end, "end");
  box.dispatchEvent(new Event("input", { bubbles: true }));
}
