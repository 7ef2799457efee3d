// Replaces handles by the people they belong to. A handle that nobody has stays text.

import { el } from "../core/dom.js";
import { spellings } from "./rules/mention_rule.js";

const EVERYONE = "room";

/**
 * Replace every handle in `prose` that belongs to a person; mentions of `me` are highlighted.
 * `facts`: {me, everyone: whether "@room" notifies everyone, personBy(handle) → person or null, person(person, button)}
 */
export function linkMentions(prose, facts) {
  for (const node of prose.querySelectorAll("span.mention:not([data-handle])")) dress(node, facts);
}

function dress(node, facts) {
  const text = node.textContent;
  const handle = spellings(text.slice(1)).find((name) => (name === EVERYONE ? facts.everyone : facts.personBy(name)));
  if (!handle) return node.classList.add("mention--nobody");
  const dressed = handle === EVERYONE ? everyone(text) : somebody(text.slice(0, handle.length + 1), facts.personBy(handle), facts);
  dressed.dataset.handle = handle;
  node.replaceWith(dressed, text.slice(handle.length + 1));
}

function everyone(text) {
  return el("span.mention.mention--me", { dir: "ltr" }, text.slice(0, EVERYONE.length + 1));
}

function somebody(text, person, { me, person: show }) {
  const button = el("button.mention", { type: "button", dir: "ltr", title: person.name, "data-key": `mention ${person.id}` }, text);
  button.classList.toggle("mention--me", person.id === me.id);
  button.addEventListener("click", () => show(person, button));
  return button;
}
