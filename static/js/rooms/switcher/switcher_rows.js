// The rows of the switcher: a room, one to join, a person, or a search in all rooms. Each function returns the children of one row.

import { el, face, icon } from "../../core/dom.js";
import { runs } from "../../core/fuzzy.js";
import { gettext, withNodes } from "../../core/translate.js";

/** `person`: [id, name, status] for a direct room of two; `at`: indexes of the matching letters; `told`: text about unread messages. */
export function roomRow(person, mark, name, at, heavy, told) {
  const words = el(`span.jump-found__name${heavy ? ".jump-found__name--heavy" : ""}`, {}, el("bdi", {}, marked(name, at)));
  return [person ? faceOf(...person) : icon(mark), words, told ? el("span.jump-found__note", {}, told) : null];
}

export function personRow(person, handle) {
  const [, name] = person;
  return [faceOf(...person), el("span.jump-found__name", {}, el("bdi", {}, name)), el("small", { dir: "auto" }, `@${handle}`), el("span.jump-found__note", {}, gettext("Write to"))];
}

export function joinRow(name) {
  return [icon("hash"), el("span.jump-found__name", {}, el("bdi", {}, name)), el("span.jump-found__note", {}, gettext("Join"))];
}

export function browseRow(words) {
  return [icon("compass"), el("span.jump-found__name", {}, withNodes(gettext("Search all rooms for %(words)s"), { words: el("bdi", {}, `“${words}”`) }))];
}

function faceOf(id, name, status) {
  return face({ id, name }, { status, small: true });
}

function marked(name, at) {
  return runs(name, at).map(([text, fits]) => (fits ? el("mark", {}, text) : text));
}
