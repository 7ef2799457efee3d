// The line above a reply that quotes the original message and changes with it.

import { el, face, icon } from "../../core/dom.js";
import { oneLine } from "../../markdown/one_line.js";
import { gettext } from "../../core/translate.js";

/** `quoted`: the message, if it is loaded; `link`: its address. */
export function quotedLine(quoted, link) {
  if (!quoted) return el("a.reply-to", { href: link }, icon("reply", true), el("span", {}, gettext("In reply to an earlier message")));
  const words = quoted.deleted ? gettext("This message was deleted.") : oneLine(quoted.text);
  return el("a.reply-to", { href: link }, el("span.visually-hidden", {}, `${gettext("In reply to")} `),
    face(quoted.author), el("b", {}, el("bdi", {}, quoted.author.name)), el("span", { dir: "auto" }, words));
}
