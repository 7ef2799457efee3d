// What the rows of the switcher show: a room, a person to write to, or a look into all rooms. Each gives the children of one row.

import { el, face, icon } from "../../core/dom.js";
import { runs } from "../../core/fuzzy.js";
import { gettext, withNodes } from "../../core/translate.js";

/** `person`: [id, name, status] where it is a talk with one; `at`: the letters of the name that fit; `told`: what is unread, in words. */
export function roomRow(person, mark, name, at, heavy, told) {
  const words = el(`span.jump-found__name${heavy ? ".jump-found__name--heavy" : ""}`, {}, el("bdi", {}, marked(name, at)));
  return [person ? faceOf(...person) : icon(mark), words, told ? el("span.jump-found__note", {}, told) : null];
}

export function personRow(person, handle) {
  const [, name] = person;
  return [faceOf(...person), el("span.jump-found__name", {}, el("bdi", {}, name)), el("small", { dir: "auto" }, `@${handle}`), el("span.jump-found__note", {}, gettext("Write to"))];
}

export function browseRow(words) {
  return [icon("compass"), el("span.jump-found__name", {}, withNodes(gettext("Look for %(words)s in all rooms"), { words: el("bdi", {}, `“${words}”`) }))];
}

function faceOf(id, name, status) {
  return face({ id, name }, { status, small: true });
}

function marked(name, at) {
  return runs(name, at).map(([text, fits]) => (fits ? el("mark", {}, text) : text));
}
