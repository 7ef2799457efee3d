// What is kept of what was read, and for whom.
import assert from "node:assert/strict";
import { test } from "node:test";
import { IDBFactory } from "fake-indexeddb";
import { Emitter } from "../../../static/js/core/emitter.js";
import { LastRead } from "../../../static/js/offline/last_read.js";
import { keptPage, LastReadWriter } from "../../../static/js/offline/keep_last_read.js";
import { People } from "../../../static/js/store/people.js";
import { Rooms } from "../../../static/js/store/rooms.js";

const ALICE = { id: 1, handle: "alice", name: "Alice" };
const BOB = { id: 2, handle: "bob", name: "Bob" };
const message = (room, seq, text = `message ${seq}`) => ({ room, seq, epoch: "e", client_id: `c${seq}`, author: BOB, text, sent_at: seq, kind: "text" });
const state = (id, seqs, facts = {}) => ({
  id, slug: `room-${id}`, name: `Room ${id}`, kind: "public", topic: "", state: "open", slow_mode: 0, role: "member", epoch: "e", seq: seqs.at(-1) ?? 0,
  rev: 3, read: 1, turn: 0, unread: 1, mentions: 0, catch_up: "window", messages: seqs.map((seq) => message(id, seq)), amendments: [], online: [{ user: 2, status: "active" }], ...facts,
});

function open(me = ALICE, factory = new IDBFactory()) {
  const rooms = new Rooms({ me, people: new People(async () => []), needSync: () => {} });
  const connection = Object.assign(new Emitter(), { state: "live" });
  const store = new LastRead(factory);
  const page = { me, limits: { message: 8000 }, rooms: [], room: { id: 9 }, state: {}, seq: 4 };
  const remembering = new LastReadWriter({ page, rooms, connection }, store, { now: () => 1234, later: () => 0 });
  return { rooms, connection, store, remembering, factory };
}

test("a page that is opened later shows the rooms as they were", async () => {
  const { rooms, store, remembering } = open();
  rooms.applySync({ rooms: [state(7, [1, 2, 3]), state(8, [1])] });
  rooms.onMessage(message(7, 4, "newest"));
  await remembering.save();
  const page = keptPage(await store.load());
  assert.deepEqual([page.me, page.kept, page.room, page.seq], [ALICE, 1234, null, null]);
  const later = open().rooms;
  later.seed(page.rooms);
  for (const kept of page.states) later.add(kept);
  const room = later.get(7);
  assert.deepEqual(room.messages.map(({ text }) => text), ["message 1", "message 2", "message 3", "newest"]);
  assert.deepEqual([room.position, room.read, room.unread, room.online.size], [{ epoch: "e", seq: 4, rev: 3 }, 1, 2, 0]);
});

test("only what changed is written again, and never more than the newest", async () => {
  const { rooms, store, remembering } = open();
  rooms.applySync({ rooms: [state(7, Array.from({ length: 80 }, (_, index) => index + 1)), state(8, [1])] });
  await remembering.save();
  const written = [];
  store.save = async ({ states }) => { written.push(...states.map(({ id }) => id)); };
  rooms.onMessage(message(8, 2));
  await remembering.save();
  assert.deepEqual(written, [8]);
  assert.equal((await store.load()).states.find(({ id }) => id === 7).messages.length, 50);
});

test("a room that one was taken out of is forgotten", async () => {
  const { rooms, store, remembering } = open();
  rooms.applySync({ rooms: [state(7, [1]), state(8, [1])] });
  await remembering.save();
  rooms.onRemoved({ room: 7, reason: "" });
  await remembering.save();
  assert.deepEqual((await store.load()).states.map(({ id }) => id), [8]);
  rooms.applySync({ rooms: [] });      // told at the next contact, after an absence
  await remembering.save();
  assert.deepEqual((await store.load()).states, []);
});

test("a deleted message is not kept", async () => {
  const { rooms, store, remembering } = open();
  rooms.applySync({ rooms: [state(7, [1, 2])] });
  await remembering.save();
  rooms.onAmended({ room: 7, seq: 2, rev: 4, by: 2, deleted: true });
  await remembering.save();
  assert.ok(!JSON.stringify(await store.load()).includes("message 2"));
});

test("nothing is written while the page is not live", async () => {
  const { rooms, connection, store, remembering } = open();
  rooms.applySync({ rooms: [state(7, [1])] });
  connection.state = "lost";
  await remembering.save();
  assert.equal(await store.load(), null);
});

test("another person finds nothing of the one before", async () => {
  const { rooms, remembering, factory } = open();
  rooms.applySync({ rooms: [state(7, [1])] });
  await remembering.save();
  const bobs = open(BOB, factory);
  bobs.rooms.applySync({ rooms: [state(8, [1])] });
  await bobs.remembering.save();
  const kept = await bobs.store.load();
  assert.deepEqual([kept.page.me, kept.states.map(({ id }) => id)], [BOB, [8]]);
});

test("who logs out leaves nothing", async () => {
  const { rooms, store, remembering } = open();
  rooms.applySync({ rooms: [state(7, [1])] });
  await remembering.save();
  await store.forget();
  assert.equal(await store.load(), null);
});

test("a browser that keeps nothing is no fault", async () => {
  const store = new LastRead({ open() { throw new Error("forbidden"); } });
  await store.forget();
  assert.equal(await store.load(), null);
});
