// Completes rooms after "#": the person's own rooms, by name.

import { el, icon } from "../../core/dom.js";
import { fold } from "../../core/fuzzy.js";
import { gettext } from "../../core/translate.js";

const AT_MOST = 6;

/** A source of Completion; `rooms()`: all rooms of the page. */
export function roomsSource(rooms) {
  return {
    pattern: /(?<![\p{L}\p{N}_#&/])#([\p{L}\p{N}][\p{L}\p{N}_-]{0,40})$/u,
    title: (query) => gettext("Rooms matching “%(query)s”", { query }),
    find: (query) => findRooms(rooms(), query).slice(0, AT_MOST).map((room) => ({
      text: `#${room.slug}`, node: [icon("hash", true), el("b", {}, el("bdi", {}, room.name || room.slug)), el("small", {}, `#${room.slug}`)],
    })),
  };
}

/** Pure. Direct rooms have no name to link by. */
export function findRooms(rooms, query) {
  const wanted = fold(query);
  const begins = ({ slug, name = "" }) => fold(slug).startsWith(wanted) || fold(name).split(/\s+/u).some((word) => word.startsWith(wanted));
  return rooms.filter((room) => room.kind !== "direct" && begins(room)).sort((one, other) => one.slug.localeCompare(other.slug));
}
