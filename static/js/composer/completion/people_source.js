// Completes people after "@": the room's members, online ones first, and the room itself.

import { el, face, hiddenWords, icon } from "../../core/dom.js";
import { fold } from "../../core/fuzzy.js";
import { gettext, ngettext } from "../../core/translate.js";

const AT_MOST = 6;
const EVERYONE = "room";
const EVERYONE_UP_TO = 30;     // the server's rule: in larger rooms only moderators can mention everyone
const STATUSES = { active: gettext("active"), away: gettext("away") };
const RANK = { active: 0, away: 1 };

/** A source of Completion. `facts`: {me, room(), membersOf(room)} */
export function peopleSource({ me, room, membersOf }) {
  return {
    pattern: /(?<![A-Za-z0-9@＠\\]|[A-Za-z0-9_]_|[A-Za-z0-9_.~-]\/)[@＠]([\p{L}\p{N}._-]{0,30})$/u,
    title: (query) => (query ? gettext("People matching “%(query)s”", { query }) : gettext("People")),
    find: (query) => {
      const members = membersOf(room()) ?? [];
      const people = findPeople(members.filter(({ id }) => id !== me.id), query, (id) => room().online.get(id));
      const everyone = EVERYONE.startsWith(fold(query)) && mayNameEveryone(room(), members) ? [everyoneItem(members.length)] : [];
      return [...people.slice(0, AT_MOST - everyone.length).map((person) => personItem(person, query)), ...everyone];
    },
  };
}

/** Pure. `statusOf(id)`: "active", "away" or nothing. */
export function findPeople(members, query, statusOf) {
  const wanted = fold(query);
  const fits = ({ handle, name }) => handle.startsWith(wanted) || fold(name).split(/\s+/u).some((word) => word.startsWith(wanted)) || fold(name).startsWith(wanted);
  const ranked = members.filter(fits).map((person) => ({ ...person, status: statusOf(person.id) ?? "offline" }));
  return ranked.sort((one, other) => (RANK[one.status] ?? 2) - (RANK[other.status] ?? 2) || one.name.localeCompare(other.name));
}

function mayNameEveryone({ role }, { length }) {
  return length > 2 && (length <= EVERYONE_UP_TO || role !== "member");
}

function personItem(person, query) {
  return {
    text: `@${person.handle}`,
    node: [face(person, { status: person.status, small: true }), el("b", {}, el("bdi", {}, marked(person.name, query))), el("small", { dir: "auto" }, `@${person.handle}`), STATUSES[person.status] && hiddenWords(STATUSES[person.status])],
  };
}

function everyoneItem(count) {
  return {
    text: `@${EVERYONE}`,
    node: [el("span.face.face--small", { "aria-hidden": "true" }, icon("people", true)), el("b", {}, `@${EVERYONE}`), el("small", {}, ngettext("%(count)s person", "%(count)s people", count)),
      el("span.tag.tag--yours", {}, gettext("Notifies everyone"))],
  };
}

/** The name, with the typed letters marked. */
function marked(name, query) {
  const at = query ? name.toLowerCase().search(new RegExp(`(?<=^|\\s)${query.toLowerCase().replace(/[.-]/gu, "\\$&")}`, "u")) : -1;
  if (at < 0) return name;
  return [name.slice(0, at), el("mark", {}, name.slice(at, at + query.length)), name.slice(at + query.length)];
}
