// What becomes of rooms at a sync.
import assert from "node:assert/strict";
import { test } from "node:test";
import { Rooms } from "../../../static/js/store/rooms.js";

const state = (id) => ({
  id, slug: `room-${id}`, name: `Room ${id}`, kind: "public", topic: "", state: "open", slow_mode: 0, role: "member", level: "all", muted: false, hidden: 0,
  epoch: "a", seq: 0, rev: 0, read: 0, turn: 0, unread: 0, mentions: 0, catch_up: "window", messages: [], amendments: [], online: [],
});

test("rooms that a person was taken out of while they were not connected are told", () => {
  const rooms = new Rooms({ me: { id: 1 }, people: { learn() {}, forget() {}, setRole: () => true }, needSync() {} });
  const told = [];
  rooms.on("missing", (gone) => told.push(gone.map(({ id }) => id)));
  rooms.applySync({ rooms: [state(7), state(8), state(9)] });
  rooms.onMember({ room: 9, user: 1, role: null });       // left while connected
  rooms.applySync({ rooms: [state(8)] });
  rooms.applySync({ rooms: [state(8)] });
  assert.deepEqual(told, [[7]]);
  assert.equal(rooms.get(7), null);
});
