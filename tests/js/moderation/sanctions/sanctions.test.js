// Who is muted: told by events, asked where it was missed, over by itself.
import assert from "node:assert/strict";
import { test } from "node:test";
import { Sanctions } from "../../../../static/js/moderation/sanctions/sanctions.js";
import { SlowMode } from "../../../../static/js/moderation/room_settings/slow_mode.js";
import { Rooms } from "../../../../static/js/store/rooms.js";

const FACTS = { id: 7, slug: "sea", name: "sea", kind: "public", topic: "", state: "open", slow_mode: 30, role: "moderator" };
const QUINT = 2;

function stage(found = []) {
  const at = { now: 1000, found, told: [] };
  const rooms = new Rooms({ me: { id: 1 }, people: { learn() {}, forget() {} }, needSync: () => {} });
  rooms.seed([FACTS]);
  const sanctions = new Sanctions({ me: { id: 1 }, rooms, fetchSanctions: async () => [...at.found], now: () => at.now });
  sanctions.on("change", (id) => at.told.push(id));
  return Object.assign(at, { rooms, sanctions, room: rooms.get(7) });
}

test("a mute is told, holds and ends by itself", () => {
  const at = stage();
  at.rooms.onSanction({ room: 7, user: QUINT, kind: "mute", until: 5000, reason: "spam" });
  assert.equal(at.sanctions.of(at.room, QUINT).reason, "spam");
  at.sanctions.tick();
  assert.equal(at.told.length, 1);
  at.now = 5000;
  assert.equal(at.sanctions.of(at.room, QUINT), null);
  at.sanctions.tick();
  at.sanctions.tick();
  assert.deepEqual(at.told, [7, 7]);
});

test("my own mute lies with the room, and is lifted there", () => {
  const at = stage();
  at.rooms.onSanction({ room: 7, user: 1, kind: "mute", reason: "spam" });
  assert.deepEqual([at.room.sanction.until, at.sanctions.of(at.room, 1).reason], [null, "spam"]);
  at.rooms.onSanction({ room: 7, user: 1, kind: null });
  assert.equal(at.sanctions.of(at.room, 1), null);
});

test("what is asked says who did it, and does not overtake what is told meanwhile", async () => {
  const at = stage([{ user: { id: QUINT }, kind: "mute", until: null, by: { name: "Inês" } }]);
  await at.sanctions.refresh(at.room);
  assert.equal(at.sanctions.of(at.room, QUINT).by.name, "Inês");
  const asked = at.sanctions.refresh(at.room);
  at.found = [];
  at.rooms.onSanction({ room: 7, user: QUINT, kind: null });
  await asked;
  assert.equal(at.sanctions.of(at.room, QUINT), null);
});

test("slow mode counts from when my message came, not by the server's clock", () => {
  const at = stage();
  const slow = new SlowMode({ me: { id: 1 }, now: () => at.now });
  const room = { ...at.room, id: 7, role: "member", slow_mode: 30, messages: [{ author: { id: 1 }, kind: "text", sent_at: 900_000 }] };
  assert.equal(slow.secondsFor(room), 0);
  slow.wrote(room);
  assert.equal(slow.secondsFor(room), 30);
  at.now += 29_500;
  assert.equal(slow.secondsFor(room), 1);
  at.now += 500;
  assert.equal(slow.secondsFor(room), 0);
  assert.equal(slow.secondsFor({ ...room, role: "moderator" }), 0);
});

test("nothing is asked of a direct room, where the site's staff may not ask", async () => {
  const asked = [];
  const rooms = new Rooms({ me: { id: 1, staff: true }, people: { learn() {}, forget() {} }, needSync: () => {} });
  const sanctions = new Sanctions({ me: { id: 1, staff: true }, rooms, fetchSanctions: async (slug) => { asked.push(slug); return []; } });
  await sanctions.refresh({ ...FACTS, kind: "direct", slug: "direct-1", role: "member" });
  await sanctions.refresh({ ...FACTS, role: null });
  assert.deepEqual(asked, ["sea"]);
});
