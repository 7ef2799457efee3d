// The names of rooms.
import assert from "node:assert/strict";
import { test } from "node:test";
import { roomName, directStatus } from "../../../static/js/rooms/names.js";

test("a direct room is called after the others and as near as the nearest of them", () => {
  const room = { kind: "direct", name: "", people: [{ id: 1, name: "Alva" }, { id: 2, name: "Mei" }, { id: 3, name: "Ruth" }], online: new Map([[1, "active"], [3, "away"]]) };
  assert.equal(roomName(room, { id: 1 }), "Mei and Ruth");
  assert.equal(directStatus(room, { id: 1 }), "away");
});
