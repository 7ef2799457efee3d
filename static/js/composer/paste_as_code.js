// Offers to send a paste as code if its lines are indented as code is: prose would lose nothing, but code reads better in a block.

import { changeText } from "./edit_text.js";
import { el } from "../core/dom.js";
import { gettext } from "../core/translate.js";

const INDENTED = /^(?: {2,}|\t+)(?![ \t]|(?:[-*+>]|\d{1,9}[.)])[ \t])/mu;
const LONGEST = 100_000;      // characters that are looked at

/** @param {HTMLTextAreaElement} box in its form */
export function followPastes(box) {
  const button = el("button.link", { type: "button" }, gettext("Send as code"));
  const offer = el("p.composer__offer", { hidden: true, role: "status" }, gettext("This looks like code."), " ", button);
  box.before(offer);
  let pasted = "";
  const show = (text) => { pasted = text; offer.hidden = !text; };
  box.addEventListener("paste", (event) => {
    const text = event.clipboardData?.getData("text/plain").replace(/\r\n?/gu, "\n") ?? "";
    const isInCode = (box.value.slice(0, box.selectionStart).match(/^[ \t]*```/gmu)?.length ?? 0) % 2 === 1;
    // Offered once the box has the text: the browser puts it there after this event.
    if (looksLikeCode(text) && !isInCode) setTimeout(() => show(box.value.includes(text) ? text : ""));
  });
  // A room that is shown, a message that is sent and an edit that is left change the box without an event.
  for (const event of ["input", "focus", "keydown"]) box.addEventListener(event, () => { if (pasted && !box.value.includes(pasted)) show(""); });
  button.addEventListener("click", () => {
    const text = box.value;
    const at = text.lastIndexOf(pasted);
    if (at >= 0) changeText(box, asCode(text, at, at + pasted.length));
    show("");
    if (at >= 0) box.form.requestSubmit();
  });
}

/** Whether some of several lines are indented, and not as items of a list are. Pure. @param {string} text */
export function looksLikeCode(text) {
  return text.length <= LONGEST && text.trim().includes("\n") && INDENTED.test(text) && !/^[ \t]*```/mu.test(text);
}

/** The text with a part of it in a fence that nothing in the part closes: {text, start, end}, the caret after it. Pure. */
export function asCode(text, start, end) {
  const part = text.slice(start, end).replace(/^\n+|\s+$/gu, "");
  const fence = "`".repeat(Math.max(3, 1 + Math.max(0, ...(part.match(/`+/gu) ?? []).map(({ length }) => length))));
  const before = text.slice(0, start).replace(/[ \t]+$/u, "");
  const block = `${before && !before.endsWith("\n") ? "\n" : ""}${fence}\n${part}\n${fence}`;
  const behind = text.slice(end).replace(/^[ \t]*\n?/u, "");
  const caret = before.length + block.length;
  return { text: before + block + (behind && `\n${behind}`), start: caret, end: caret };
}
