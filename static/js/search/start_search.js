// Search on every page of the chat: the field in the head, and the slash key.

import { openDialog } from "../dialogs/layers.js";
import { byId } from "../core/dom.js";
import { lazyDialogContent } from "../core/lazy.js";
import { inRoom } from "./in_room.js";
import { roomSign } from "../rooms/names.js";

/** @param {Pick<Chat, "me" | "rooms" | "people" | "navigation" | "keyboard">} chat */
export function startSearch({ me, rooms, people, navigation, keyboard }) {
  const facts = {
    me,
    roomOf: (id) => rooms.get(id),
    rooms: () => here(rooms.all(), navigation.current()).map((room) => ({ slug: room.slug, name: roomSign(room, me) })),
    people: () => people.all(),
    here: () => navigation.current()?.slug ?? null,
  };
  lazyDialogContent(byId("search"), async () => new (await import("./search_dialog.js")).SearchDialog(facts));
  keyboard.on("search", () => show());
  keyboard.on("searchHere", () => {
    const room = navigation.current();
    if (!room) return false;
    const box = /** @type {HTMLInputElement} */ (byId("search-box"));
    box.value = inRoom(box.value, room.slug);
    show();
    box.setSelectionRange(box.value.length, box.value.length);
  });
}

/** Results that stay beside the room are shown already. */
function show() {
  if (!byId("search").matches(".dialog--beside")) return openDialog(byId("search"));
  const box = /** @type {HTMLInputElement} */ (byId("search-box"));
  box.focus();
  box.select();
  box.dispatchEvent(new Event("input"));
}

function here(rooms, current) {
  return [...rooms].sort((one, other) => Number(other === current) - Number(one === current));
}
