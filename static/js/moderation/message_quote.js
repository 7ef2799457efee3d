// A message as the dialogs quote it: author, time, and the text as it was typed.

import { el, face } from "../core/dom.js";
import { clock, fullTime } from "../core/format.js";

export function messageQuote({ author, sent_at, text }) {
  return [
    face(author),
    el("div", {}, el("p", {}, el("b", {}, el("bdi", {}, author.name)), " ",
      sent_at && el("small", { title: fullTime(sent_at) }, clock(sent_at))), el("p.copy__text", { dir: "auto" }, text)),
  ];
}
