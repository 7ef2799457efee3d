// Search on every page of the chat: the field in the head, and the slash key.

import { openDialog } from "../dialogs/layers.js";
import { byId } from "../core/dom.js";
import { lazyDialogContent } from "../core/lazy.js";
import { roomSign } from "../rooms/names.js";

/** @param {Pick<Chat, "me" | "rooms" | "people" | "navigation" | "keyboard">} chat */
export function startSearch({ me, rooms, people, navigation, keyboard }) {
  const facts = {
    me,
    roomOf: (id) => rooms.get(id),
    rooms: () => here(rooms.all(), navigation.current()).map((room) => ({ slug: room.slug, name: roomSign(room, me) })),
    people: () => people.all(),
  };
  lazyDialogContent(byId("search"), async () => new (await import("./search_dialog.js")).SearchDialog(facts));
  keyboard.on("search", () => openDialog(byId("search")));
}

function here(rooms, current) {
  return [...rooms].sort((one, other) => Number(other === current) - Number(one === current));
}
