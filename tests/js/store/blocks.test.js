// What a block changes in the page: nothing of theirs calls me, and a hidden direct room comes back by its next message.
import assert from "node:assert/strict";
import { test } from "node:test";
import { notifiesMe } from "../../../static/js/rooms/attention.js";
import { Rooms } from "../../../static/js/store/rooms.js";

const ME = { id: 1 };
const ERIN = { id: 9, handle: "erin", name: "Erin" };
const BOB = { id: 2, handle: "bob", name: "Bob" };

function state(facts = {}) {
  return {
    id: 7, slug: "sea", name: "sea", kind: "public", topic: "", state: "open", slow_mode: 0, role: "member", level: "all", muted: false, hidden: 0,
    epoch: "a", seq: 0, rev: 0, read: 0, turn: 0, unread: 0, mentions: 0, catch_up: "window", messages: [], amendments: [], online: [], ...facts,
  };
}

function stage(answer = {}) {
  const people = { learn() {}, forget() {}, setRole: () => true };
  const rooms = new Rooms({ me: ME, people, needSync() {} });
  const told = [];
  for (const event of ["blocks", "questions", "invited", "typing"]) rooms.on(event, (payload) => told.push([event, payload]));
  rooms.applySync({ rooms: [state(answer.room)], ...answer });
  const say = (author, seq, mentions = [1]) => {
    const message = { room: 7, seq, epoch: "a", author, text: "@me", sent_at: 1, mentions };
    rooms.onMessage(message);
    return message;
  };
  return { rooms, room: rooms.get(7), told, say };
}

test("m5: what a blocked person writes is unread, but no mention and no notification", () => {
  const { room, say } = stage({ blocked: [ERIN.id] });
  const theirs = say(ERIN, 1);
  assert.deepEqual([room.unread, room.mentions, notifiesMe(room, theirs, ME.id)], [1, 0, false]);
  const his = say(BOB, 2);
  assert.deepEqual([room.unread, room.mentions, notifiesMe(room, his, ME.id)], [2, 1, true]);
});

test("m5: a block in another tab holds here from the next message on, and so does its end", () => {
  const { rooms, room, told, say } = stage();
  rooms.onBlocked({ user: ERIN.id, blocked: true });
  assert.equal(told.at(-1)[0], "blocks");
  say(ERIN, 1);
  assert.equal(room.mentions, 0);
  rooms.onBlocked({ user: ERIN.id, blocked: false });
  say(ERIN, 2, [0]);
  assert.equal(rooms.blocks.has(ERIN.id), false);
  assert.equal(room.mentions > 0, true);
});

test("m5: that they are typing is not shown", () => {
  const { rooms, told } = stage({ blocked: [ERIN.id] });
  rooms.onTyping({ room: 7, user: ERIN.id });
  rooms.onTyping({ room: 7, user: BOB.id });
  assert.deepEqual(told.filter(([event]) => event === "typing").map(([, { user }]) => user), [BOB.id]);
});

test("m5: questions come with the sync", () => {
  const question = { room: 8, name: "lake", slug: "lake", kind: "public", by: BOB };
  const { told } = stage({ invitations: [question] });
  assert.deepEqual(told.find(([event]) => event === "questions")[1], [question]);
});

test("m5: a hidden direct room is listed again by its next message", () => {
  const { rooms, room, say } = stage({ room: { kind: "direct", seq: 1, messages: [{ room: 7, seq: 1, epoch: "a", author: BOB, text: "x", sent_at: 1 }] } });
  assert.equal(room.isHidden, false);
  rooms.onNotify({ room: 7, level: "all", muted: false, hidden: 1 });
  assert.equal(room.isHidden, true);
  say(BOB, 2);
  assert.equal(room.isHidden, false);
});
