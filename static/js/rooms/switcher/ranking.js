// Ranks the rooms that match what is typed, likeliest first. Pure.

import { listAppearance } from "../attention.js";
import { fit } from "../../core/fuzzy.js";
import { roomName } from "../names.js";
import { locale } from "../../core/translate.js";

const byName = new Intl.Collator(locale, { sensitivity: "base", numeric: true });

/** [{room, name, at}], `at`: indexes of the matching letters. Without text: unread rooms, then recent ones. */
export function rankRooms(rooms, { me, typed = "", current = null, recent = [] }) {
  const found = [];
  for (const room of rooms) {
    const name = roomName(room, me);
    const fits = fit(typed, name);
    if (fits && (typed.trim() || room !== current)) found.push({ room, name, ...fits });
  }
  return found.sort((one, other) => Math.floor(one.score) - Math.floor(other.score) || loudness(other.room) - loudness(one.room)
    || one.score - other.score || since(one.room, recent) - since(other.room, recent) || byName.compare(one.name, other.name));
}

/** The next unread room in the list, wrapping around; null if there is none. */
export function nextUnread(rooms, current, step) {
  const start = rooms.indexOf(current);
  for (let turn = 1; turn <= rooms.length; turn++) {
    const room = rooms[(start + step * turn + (start < 0 && step < 0 ? 1 : 0) + rooms.length * 2) % rooms.length];
    if (room !== current && listAppearance(room).count > 0) return room;
  }
  return null;
}

function loudness(room) {
  const { heavy, badge } = listAppearance(room);
  return badge ? 2 : heavy ? 1 : 0;
}

function since(room, recent) {
  const place = recent.indexOf(room.id);
  return place < 0 ? recent.length : place;
}
