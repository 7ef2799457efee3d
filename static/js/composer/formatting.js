// Formats the selected text of the message box with Markdown, from the menu and by keys.

import { byId } from "../core/dom.js";
import { changeText } from "./edit_text.js";
import { isKey } from "../keyboard/key_match.js";
import { formatted } from "../markdown/marks.js";

const KEYS = ["bold", "italic", "code"];

/** The menu's items and the keys. */
export function followFormatting(box) {
  const apply = (kind) => changeText(box, formatted(box.value, box.selectionStart, box.selectionEnd, kind));
  byId("format-menu").addEventListener("click", ({ target }) => {
    const kind = target.closest("[data-format]")?.dataset.format;
    if (kind) apply(kind);
  });
  box.addEventListener("keydown", (event) => {
    const kind = KEYS.find((name) => isKey(name, event));
    if (!kind) return;
    event.preventDefault();
    apply(kind);
  });
}
