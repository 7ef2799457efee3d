// The line above a reply that quotes the original message and changes with it; and the same below a text with its address.

import { el, face, icon } from "../../core/dom.js";
import { fullTime } from "../../core/format.js";
import { oneLine } from "../../markdown/one_line.js";
import { gettext } from "../../core/translate.js";
import { BLOCKED_WORDS } from "./folded.js";

const LINKED = 280;      // graphemes

/** `quoted`: the message, if it is loaded; `link`: its address. */
export function quotedLine(quoted, link) {
  if (!quoted) return el("a.reply-to", { href: link }, icon("reply", true), el("span", {}, gettext("In reply to an earlier message")));
  const words = wordsOf(quoted);
  return el("a.reply-to", { href: link }, el("span.visually-hidden", {}, `${gettext("In reply to")} `),
    face(quoted.author), el("b", {}, el("bdi", {}, quoted.author.name)), el("span", { dir: "auto" }, words));
}

/** `linked`: {message, sign: of its room, if that is another one, blocked}; `prose`: the text, which has the address as a link. */
export function linkedQuote({ message, sign, blocked }, prose, link) {
  if (![...prose.querySelectorAll("a[href]")].some((each) => new URL(each.href).pathname === link)) return null;      // it is in code
  const words = blocked && !message.deleted ? BLOCKED_WORDS : wordsOf(message, LINKED);
  return el("a.linked-quote", { href: link }, el("span.linked-quote__head", {}, face(message.author), el("b", {}, el("bdi", {}, message.author.name)), sign && el("bdi", {}, sign),
    el("time", { dateTime: new Date(message.sent_at).toISOString() }, fullTime(message.sent_at))), el("span.linked-quote__text", { dir: "auto" }, words));
}

function wordsOf({ deleted, text }, longest) {
  return deleted ? gettext("This message was deleted.") : oneLine(text, longest);
}
