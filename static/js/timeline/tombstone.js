// What is left of a deleted message: who did it, and the way back for who has one.

import { el, icon } from "../dom.js";

/** `actions`: {me, nameOfPerson(id), mayRestore(message), restore(message)} */
export function tombstone(message, actions) {
  return el("p.tombstone", {}, icon("trash", true), el("span", {}, deletedWords(message, actions)),
    actions.mayRestore(message) && el("button.link", { type: "button", "data-key": "restore", onclick: () => actions.restore(message) }, "Restore"));
}

/** Pure. */
export function deletedWords({ author, deleted_by }, { me, nameOfPerson }) {
  if (!deleted_by) return "This message was deleted.";
  if (deleted_by === me.id) return "Deleted by you.";
  return deleted_by === author.id ? "Deleted by its author." : `Deleted by ${nameOfPerson(deleted_by)}.`;
}
