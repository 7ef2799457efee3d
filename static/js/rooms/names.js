// The name and icon of a room. A direct room is named after the others in it, several of them by first name.

import { listNames } from "../core/format.js";
import { gettext } from "../core/translate.js";

export function roomName(room, me) {
  if (room.kind !== "direct") return room.name || room.slug;
  const names = othersOf(room, me).map((person) => person.name);
  if (names.length > 1) return listNames(names.map((name) => name.split(" ")[0]), 4);
  return names[0] ?? gettext("Direct message");
}

/** The name with its sign, for running text: "#engineering". */
export function roomSign(room, me) {
  return room.kind === "direct" ? roomName(room, me) : `#${roomName(room, me)}`;
}

export function othersOf(room, me) {
  return (room.people ?? []).filter((person) => person.id !== me.id);
}

export function roomIcon(room, me) {
  if (room.kind === "direct") return othersOf(room, me).length > 1 ? "people" : "person";
  if (room.state === "archived") return "archive";
  if (room.state === "announcement") return "horn";
  return room.kind === "private" ? "lock" : "hash";
}

/** The presence shown for a direct room: of the other person, or the best among several. */
export function directStatus(room, me) {
  const statuses = othersOf(room, me).map((person) => room.online.get(person.id) ?? "offline");
  return ["active", "away"].find((status) => statuses.includes(status)) ?? "offline";
}
