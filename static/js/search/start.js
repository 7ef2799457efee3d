// Search on every page of the chat: the field in the head, and the slash while one is not writing.

import { roomSign } from "../rooms/names.js";
import { SearchDialog } from "./search_dialog.js";

export function startSearch(chat) {
  const { me, rooms, people } = chat;
  const dialog = new SearchDialog({
    me,
    roomOf: (id) => rooms.get(id),
    rooms: () => here(rooms.all(), chat.current()).map((room) => ({ slug: room.slug, name: roomSign(room, me) })),
    people: () => people.all(),
  });
  chat.keyboard.on("search", () => dialog.open());
}

function here(rooms, current) {
  return [...rooms].sort((one, other) => (other === current) - (one === current));
}
