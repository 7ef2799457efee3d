// Search on every page of the chat: the field in the head, and the slash while one is not writing.

import { openDialog } from "../dialogs/layers.js";
import { byId } from "../core/dom.js";
import { filledOnDemand } from "../core/lazy.js";
import { roomSign } from "../rooms/names.js";

export function startSearch(chat) {
  const { me, rooms, people } = chat;
  const facts = {
    me,
    roomOf: (id) => rooms.get(id),
    rooms: () => here(rooms.all(), chat.current()).map((room) => ({ slug: room.slug, name: roomSign(room, me) })),
    people: () => people.all(),
  };
  filledOnDemand(byId("search"), async () => new (await import("./search_dialog.js")).SearchDialog(facts));
  chat.keyboard.on("search", () => openDialog(byId("search")));
}

function here(rooms, current) {
  return [...rooms].sort((one, other) => (other === current) - (one === current));
}
