// What is left of a deleted message: who deleted it, and a button to restore it for people who can.

import { el, icon } from "../../core/dom.js";
import { gettext } from "../../core/translate.js";

/** `actions`: {me, nameOfPerson(id), roleOfPerson(id), mayRestore(message), restore(message), deletedText(message) → {button, words} or null} */
export function tombstone(message, actions) {
  const said = actions.deletedText(message);
  const line = el("p.tombstone", {}, icon("trash", true), el("span", {}, deletedWords(message, actions)), said?.button,
    actions.mayRestore(message) && el("button.link", { type: "button", "data-key": "restore", onclick: () => actions.restore(message) }, gettext("Restore")));
  return said ? el("div", {}, line, said.words) : line;
}

/** Pure. */
export function deletedWords({ author, deleted_by }, { me, nameOfPerson, roleOfPerson }) {
  if (!deleted_by) return gettext("This message was deleted.");
  if (deleted_by === me.id) return gettext("Deleted by you.");
  if (deleted_by === author.id) return gettext("Deleted by its author.");
  const name = nameOfPerson(deleted_by);
  return {
    owner: gettext("Deleted by %(name)s, owner.", { name }), moderator: gettext("Deleted by %(name)s, moderator.", { name }),
  }[roleOfPerson(deleted_by)] ?? gettext("Deleted by %(name)s.", { name });
}
