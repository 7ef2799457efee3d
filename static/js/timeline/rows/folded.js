// Replaces a blocked person's message until it is shown on request.

import { el, icon } from "../../core/dom.js";
import { gettext } from "../../core/translate.js";

export const BLOCKED_WORDS = gettext("Message from a blocked person");

/** `show()` is called when the button is pressed. */
export function foldedLine(show) {
  return el("p.tombstone", {}, icon("ban", true), el("span", {}, BLOCKED_WORDS),
    el("button.link", { type: "button", "data-key": "unfold", onclick: show }, gettext("Show")));
}
