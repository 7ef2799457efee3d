// Every way into a room, the same from every page: by its name, by a person, by a new one. On the page of a room it is
// shown at once; from other pages one goes there by its address.

import { startNewRoom } from "../dialogs/new_room.js";
import { Switcher } from "../dialogs/switcher.js";
import { toast } from "../dialogs/toast.js";
import { directWith, WriteTo } from "../dialogs/write_to.js";
import { byId } from "../dom.js";
import { keyWords } from "../keyboard/match.js";
import { pathOf } from "./address.js";
import { followRoomKeys } from "./room_keys.js";

/** Gives the chat {go(room, seq?), enter(state), write(person)}; a page that shows rooms puts its own `go` in the place of ours. */
export function startWays(chat) {
  const { connection, rooms, me } = chat;
  chat.go = (room, seq = null) => location.assign(pathOf(room, seq));
  chat.enter = (state) => chat.go(rooms.add(state));
  chat.write = (...people) => directWith(connection, people, me).then(chat.enter, (error) => toast(error.message));
  chat.recent = () => [];
  const statusOf = (id) => rooms.statusOf(id);
  new WriteTo({ me, statusOf, write: async (people) => chat.enter(await directWith(connection, people, me)) });
  startNewRoom(async (facts) => (await connection.request("create", facts)).room, (state) => chat.enter(state));
  const switcher = new Switcher({
    me, rooms, statusOf, current: () => chat.current(), recent: () => chat.recent(), go: (room) => chat.go(room), write: (person) => chat.write(person),
    browse: (words) => location.assign(`/rooms/?q=${encodeURIComponent(words)}`),
  });
  byId("jump-key").textContent = keyWords("jump").join(" ");
  followRoomKeys(chat.keyboard, {
    order: () => chat.list.order, current: () => chat.current(), go: (room) => chat.go(room), jump: () => switcher.toggle(),
  });
}
