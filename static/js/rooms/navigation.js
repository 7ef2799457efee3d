// Every way into a room, the same from every page: by its name, by a person, by a new room. The page of a room shows it at
// once; other pages load the room's address.

import { pathOf } from "../core/address.js";
import { byId, OPEN_DIALOG } from "../core/dom.js";
import { lazyDialogContent } from "../core/lazy.js";
import { toast } from "../core/toast.js";
import { openDialog } from "../dialogs/layers.js";
import { keyWords } from "../keyboard/key_match.js";
import { startNewRoom } from "./new_room.js";
import { followRoomKeys } from "./room_keys.js";

/**
 * @param {Pick<Chat, "connection" | "rooms" | "me">} chat
 * @returns {RoomNavigation}
 */
export function createNavigation({ connection, rooms, me }) {
  const navigation = {
    current: () => null,
    recent: () => [],
    go: (room, seq = null) => location.assign(pathOf(room, seq)),
    enter: (state) => navigation.go(rooms.add(state)),
    write: (...people) => { directRoomWith(connection, people, me).then(navigation.enter, (error) => toast(error.message)); },
  };
  return navigation;
}

/**
 * The dialogs and keys that lead into rooms.
 * @param {Pick<Chat, "navigation" | "connection" | "rooms" | "me" | "keyboard" | "list">} chat
 */
export function startNavigation({ navigation, connection, rooms, me, keyboard, list }) {
  const statusOf = (id) => rooms.statusOf(id);
  const group = { me, statusOf, write: async (people) => navigation.enter(await directRoomWith(connection, people, me)) };
  lazyDialogContent(byId("write-to"), async () => new (await import("../people/write_to.js")).WriteTo(group));
  startNewRoom(async (facts) => (await connection.request("create", facts)).room, (state) => navigation.enter(state));
  // Asked at each use: the page of a room replaces some of the navigation.
  const current = () => navigation.current();
  const go = (room) => navigation.go(room);
  const facts = {
    me, rooms, statusOf, current, recent: () => navigation.recent(), go, write: (person) => navigation.write(person),
    join: (room) => { connection.request("join", { room: room.id }).then(({ room: state }) => navigation.enter(state), (error) => toast(error.message)); },
    browse: (words) => location.assign(`/rooms/?q=${encodeURIComponent(words)}`),
  };
  lazyDialogContent(byId("jump"), async () => new (await import("./switcher/switcher.js")).Switcher(facts));
  byId("jump-key").textContent = keyWords("jump").join(" ");
  followRoomKeys(keyboard, { order: () => list.order, current, go, jump: () => toggle(byId("jump")) });
}

/** The direct room with these people, whose names are known here and need not be fetched. */
async function directRoomWith(connection, people, me) {
  const { room } = await connection.request("create", { kind: "direct", members: people.map(({ id }) => id) });
  return { ...room, members: [me, ...people].map((person) => ({ ...person, role: "member" })) };
}

function toggle(dialog) {
  if (dialog.open) dialog.close();
  else if (!document.querySelector(OPEN_DIALOG)) openDialog(dialog);
}
