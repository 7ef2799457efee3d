// What screen readers say of a message when it gets the focus: who, what and when; then what else is to be known of it.

import { el } from "../../core/dom.js";
import { clock } from "../../core/format.js";
import { lineOf } from "../../markdown/one_line.js";
import { gettext, ngettext } from "../../core/translate.js";

const LONGEST = 300;     // graphemes of the text

/** `shown`: the nodes or the words that stand for the text. */
export function messageName({ author, sent_at }, shown) {
  return `${author.name}: ${typeof shown === "string" ? shown : lineOf(shown, LONGEST)}, ${clock(sent_at)}`;
}

/** "edited, mentions you, 3 reactions"; "" if there is nothing to add. `answered`: the message that it replies to, if it is loaded. */
export function messageNotes(message, { isForMe, answered }) {
  if (message.deleted) return "";
  const reactions = (message.reactions ?? []).reduce((sum, { count }) => sum + count, 0);
  return [
    isForMe && gettext("mentions you"),
    message.reply_to && (answered ? gettext("in reply to %(name)s", { name: answered.author.name }) : gettext("in reply to an earlier message")),
    message.edited_at && gettext("edited"),
    reactions > 0 && ngettext("%(count)s reaction", "%(count)s reactions", reactions),
  ].filter(Boolean).join(", ");
}

/** The node that `aria-describedby` names; null without notes. It is hidden, since each of its words is also shown. */
export function notesNode(id, notes) {
  return notes ? el("span", { id, hidden: true }, notes) : null;
}
