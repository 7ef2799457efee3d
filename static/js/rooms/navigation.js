// Every way into a room, the same from every page: by its name, by a person, by a new one. On the page of a room it is
// shown at once; from other pages one goes there by its address.

import { startNewRoom } from "./new_room.js";
import { openDialog } from "../dialogs/layers.js";
import { toast } from "../core/toast.js";
import { byId } from "../core/dom.js";
import { keyWords } from "../keyboard/key_match.js";
import { filledOnDemand } from "../core/lazy.js";
import { pathOf } from "../core/address.js";
import { followRoomKeys } from "./room_keys.js";

/** Gives the chat {go(room, seq?), enter(state), write(person)}; a page that shows rooms puts its own `go` in the place of ours. */
export function startWays(chat) {
  const { connection, rooms, me } = chat;
  chat.go = (room, seq = null) => location.assign(pathOf(room, seq));
  chat.enter = (state) => chat.go(rooms.add(state));
  chat.write = (...people) => directWith(connection, people, me).then(chat.enter, (error) => toast(error.message));
  chat.recent = () => [];
  const statusOf = (id) => rooms.statusOf(id);
  const group = { me, statusOf, write: async (people) => chat.enter(await directWith(connection, people, me)) };
  filledOnDemand(byId("write-to"), async () => new (await import("../people/write_to.js")).WriteTo(group));
  startNewRoom(async (facts) => (await connection.request("create", facts)).room, (state) => chat.enter(state));
  const places = {
    me, rooms, statusOf, current: () => chat.current(), recent: () => chat.recent(), go: (room) => chat.go(room), write: (person) => chat.write(person),
    browse: (words) => location.assign(`/rooms/?q=${encodeURIComponent(words)}`),
  };
  filledOnDemand(byId("jump"), async () => new (await import("./switcher/switcher.js")).Switcher(places));
  byId("jump-key").textContent = keyWords("jump").join(" ");
  followRoomKeys(chat.keyboard, {
    order: () => chat.list.order, current: () => chat.current(), go: (room) => chat.go(room), jump: () => toggle(byId("jump")),
  });
}

/** The RoomState of a conversation with its people, whose names the server need not be asked for. */
async function directWith(connection, people, me) {
  const { room } = await connection.request("create", { kind: "direct", members: people.map(({ id }) => id) });
  return { ...room, members: [me, ...people].map((person) => ({ ...person, role: "member" })) };
}

function toggle(dialog) {
  if (dialog.open) dialog.close();
  else if (!document.querySelector("dialog[open]")) openDialog(dialog);
}
