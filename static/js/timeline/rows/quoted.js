// What a message answers to, as one line above it: a quotation that changes with what it quotes.

import { el, face, icon } from "../../core/dom.js";
import { oneLine } from "../../markdown/one_line.js";
import { gettext } from "../../core/translate.js";

/** `quoted`: the message, if it is at hand; `link`: where it stands. */
export function quotedLine(quoted, link) {
  if (!quoted) return el("a.reply-to", { href: link }, icon("reply", true), el("span", {}, gettext("In reply to an earlier message")));
  const words = quoted.deleted ? gettext("This message was deleted.") : oneLine(quoted.text);
  return el("a.reply-to", { href: link }, el("span.visually-hidden", {}, `${gettext("In reply to")} `),
    face(quoted.author), el("b", {}, el("bdi", {}, quoted.author.name)), el("span", { dir: "auto" }, words));
}
