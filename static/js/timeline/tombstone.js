// What is left of a deleted message: who did it, and the way back for who has one.

import { el, icon } from "../dom.js";

/** `actions`: {me, nameOfPerson(id), roleOfPerson(id), mayRestore(message), restore(message), deletedText(message) → {button, words} or null} */
export function tombstone(message, actions) {
  const said = actions.deletedText(message);
  const line = el("p.tombstone", {}, icon("trash", true), el("span", {}, deletedWords(message, actions)), said?.button,
    actions.mayRestore(message) && el("button.link", { type: "button", "data-key": "restore", onclick: () => actions.restore(message) }, "Restore"));
  return said ? el("div", {}, line, said.words) : line;
}

/** Pure. */
export function deletedWords({ author, deleted_by }, { me, nameOfPerson, roleOfPerson }) {
  if (!deleted_by) return "This message was deleted.";
  if (deleted_by === me.id) return "Deleted by you.";
  if (deleted_by === author.id) return "Deleted by its author.";
  const role = roleOfPerson(deleted_by);
  return `Deleted by ${nameOfPerson(deleted_by)}${role && role !== "member" ? `, ${role}` : ""}.`;
}
