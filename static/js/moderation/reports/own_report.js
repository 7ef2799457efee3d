// A report of mine: what I reported, its state, and the moderators' answer.

import { el, fill, icon } from "../../core/dom.js";
import { shortTime } from "../../core/format.js";
import { messageQuote } from "../message_quote.js";
import { gettext } from "../../core/translate.js";

const STATES = { open: gettext("Waiting for a moderator"), claimed: gettext("Claimed by a moderator"), resolved: gettext("Resolved") };

export class OwnReport {
  node = el("li.report");

  update(report) {
    const { room, state, reason, snapshot, created_at, answer } = report;
    fill(this.node,
      el("p.report__facts", {}, stateTag(state, STATES[state]), el("bdi", {}, placeOf(room)), el("time", {}, shortTime(created_at))),
      el("p", { dir: "auto" }, el("b", {}, reason)),
      el("div.quoted", {}, messageQuote(snapshot)),
      state === "resolved" && el("p.report__answer", {}, icon("reply", true), el("span", { dir: "auto" }, answerWords(answer))));
  }
}

/** Pure. */
export function answerWords(answer) {
  return answer ? gettext("The moderators answered: %(answer)s", { answer }) : gettext("The moderators have resolved it.");
}

export function stateTag(state, words) {
  const [kind, mark] = { open: [".tag--yours", "flag"], claimed: [".tag--act", "eye"], resolved: [".tag--here", "check"] }[state];
  return el(`span.tag${kind}`, {}, icon(mark, true), words);
}

export function placeOf({ kind, name }) {
  if (kind === "direct") return gettext("Direct message");
  return name ? `#${name}` : gettext("A room you are no longer in");
}
