import assert from "node:assert/strict";
import { test } from "node:test";
import { ADDED, GAP, REPEAT, RoomState } from "../../../static/js/store/room_state.js";

const FACTS = { id: 7, slug: "sea", name: "sea", kind: "public", topic: "", state: "open", slow_mode: 0 };
const message = (seq, more = {}) => ({ room: 7, seq, epoch: "a", author: { id: 1, handle: "mei", name: "Mei" }, text: `${seq}`, sent_at: seq, ...more });
const range = (from, to) => Array.from({ length: to - from + 1 }, (_, index) => message(from + index));
const state = (more) => ({ ...FACTS, role: "member", epoch: "a", seq: 0, rev: 0, read: 0, turn: 0, unread: 0, mentions: 0, catch_up: "window", messages: [], amendments: [], online: [], ...more });

function synced(from, to) {
  const room = new RoomState(FACTS);
  room.catchUp(state({ seq: to, messages: range(from, to) }));
  return room;
}
const seqs = (room) => room.messages.map(({ seq }) => seq);

test("the next message is added", () => {
  const room = synced(1, 3);
  assert.equal(room.receive(message(4)), ADDED);
  assert.deepEqual(seqs(room), [1, 2, 3, 4]);
});

test("a repeat changes nothing", () => {
  const room = synced(1, 3);
  assert.equal(room.receive(message(3)), REPEAT);
  assert.deepEqual(seqs(room), [1, 2, 3]);
});

test("a gap and another epoch are not shown, but asked about", () => {
  const room = synced(1, 3);
  assert.equal(room.receive(message(5)), GAP);
  assert.equal(room.receive(message(4, { epoch: "b" })), GAP);
  assert.deepEqual(room.position, { epoch: "a", seq: 3, rev: 0 });
});

test("before the first sync every message is a gap", () => {
  assert.equal(new RoomState(FACTS).receive(message(1)), GAP);
});

test("head tells of what did not come", () => {
  const room = synced(1, 3);
  assert.equal(room.behind({ epoch: "a", seq: 3, rev: 0 }), false);
  assert.equal(room.behind({ epoch: "a", seq: 4, rev: 0 }), true);
  assert.equal(room.behind({ epoch: "a", seq: 3, rev: 1 }), true);
  assert.equal(room.behind({ epoch: "b", seq: 3, rev: 0 }), true);
});

test("a complete catch-up continues, and drops what we have", () => {
  const room = synced(1, 3);
  const { added, forgotten } = room.catchUp(state({ seq: 5, catch_up: "complete", messages: range(3, 5) }));
  assert.equal(forgotten, false);
  assert.deepEqual(added.map(({ seq }) => seq), [4, 5]);
  assert.deepEqual(seqs(room), [1, 2, 3, 4, 5]);
});

test("a window forgets what was there", () => {
  const room = synced(1, 3);
  const { forgotten } = room.catchUp(state({ epoch: "b", seq: 90, messages: range(41, 90), read: 12 }));
  assert.equal(forgotten, true);
  assert.equal(room.oldest, 41);
  assert.equal(room.first, false);
});

test("a catch-up that calls itself complete and is not, is taken as a window", () => {
  const room = synced(1, 3);
  assert.equal(room.catchUp(state({ seq: 9, catch_up: "complete", messages: range(6, 9) })).forgotten, true);
  assert.deepEqual(seqs(room), [6, 7, 8, 9]);
});

test("history is put before, once, and only where it fits", () => {
  const room = synced(51, 60);
  assert.equal(room.prepend(range(41, 50), false), 10);
  assert.equal(room.prepend(range(41, 50), false), 0);
  assert.equal(room.prepend(range(11, 20), false), 0);
  assert.equal(room.oldest, 41);
  assert.equal(room.prepend(range(1, 40), true), 40);
  assert.equal(room.first, true);
});

test("what is read far back is a stretch of its own until it meets the newest", () => {
  const room = synced(951, 1000);
  room.goBackTo(range(101, 150), false);
  assert.deepEqual([room.shown.oldest, room.shown.newest, room.oldest], [101, 150, 951]);
  assert.equal(room.receive(message(1001)), ADDED);
  assert.equal(room.shown.newest, 150);
  assert.equal(room.prepend(range(51, 100), false), 50);
  assert.equal(room.append(range(151, 250)), 100);
  assert.equal(room.append(range(300, 310)), 0);
  for (let from = 251; room.past; from += 100) room.append(range(from, from + 99));
  assert.deepEqual(seqs(room), Array.from({ length: 951 }, (_, index) => index + 51));
});

test("the oldest at hand is not shown before it is known what precedes it", () => {
  const room = synced(51, 60);
  assert.deepEqual([room.tail.shows(51), room.tail.shows(52), room.tail.shows(60), room.tail.shows(61)], [false, true, true, false]);
  assert.equal(synced(1, 3).tail.shows(1), true);
});

test("a change reaches every copy of a message", () => {
  const room = synced(951, 1000);
  room.goBackTo(range(101, 150), false);
  room.quoted.set(7, message(7));
  for (const [rev, seq] of [[1, 120], [2, 7], [3, 990]]) room.amend({ room: 7, seq, rev, by: 4, text: "better", edited_at: 9 });
  assert.deepEqual([120, 7, 990].map((seq) => room.at(seq).text), ["better", "better", "better"]);
});

test("reading on and on, either way, holds no more than a measure", () => {
  const room = synced(1951, 2000);
  for (let page = 0; page < 15; page++) {
    room.prepend(range(room.shown.oldest - 100, room.shown.oldest - 1), false);
    room.bound(300, { older: true });
  }
  assert.deepEqual([room.shown.oldest, room.shown.newest, room.shown.messages.length], [451, 750, 300]);
  assert.equal(room.seq, 2000);
  while (room.past) {
    room.append(range(room.shown.newest + 1, Math.min(2000, room.shown.newest + 100)));
    room.bound(300, { older: false });
  }
  assert.equal(room.seq, 2000);
  assert.ok(room.messages.length <= 300);
});

test("amendments follow rev by the same rule", () => {
  const room = synced(1, 3);
  assert.equal(room.amend({ room: 7, seq: 2, rev: 1, by: 4, text: "better", edited_at: 9 }), ADDED);
  assert.equal(room.messages[1].text, "better");
  assert.equal(room.amend({ room: 7, seq: 2, rev: 1, by: 4, text: "again" }), REPEAT);
  assert.equal(room.amend({ room: 7, seq: 2, rev: 3, by: 4, deleted: true }), GAP);
  assert.equal(room.messages[1].text, "better");
});

test("a room that nobody looks at keeps its newest", () => {
  const room = synced(1, 60);
  room.trim(10);
  assert.equal(room.oldest, 51);
  assert.equal(room.first, false);
  assert.equal(room.receive(message(61)), ADDED);
});

test("499 messages and 40 amendments away are exactly those", () => {
  const room = synced(1, 100);
  const amendments = Array.from({ length: 40 }, (_, index) => ({ room: 7, seq: index + 1, rev: index + 1, by: 4, text: "edited", edited_at: 1 }));
  const { added, forgotten } = room.catchUp(state({ seq: 599, rev: 40, catch_up: "complete", messages: range(101, 599), amendments }));
  assert.deepEqual([added.length, forgotten, room.messages.length], [499, false, 599]);
  assert.equal(room.messages.filter(({ text }) => text === "edited").length, 40);
  assert.equal(room.amend({ room: 7, seq: 1, rev: 40, by: 4, text: "late" }), REPEAT);
});

test("20,000 away is a window, and paging back leaves no hole", () => {
  const room = synced(1, 100);
  room.catchUp(state({ seq: 20_100, messages: range(20_051, 20_100) }));
  while (!room.first) assert.ok(room.prepend(range(Math.max(1, room.oldest - 100), room.oldest - 1), room.oldest <= 101) > 0);
  assert.deepEqual(seqs(room), Array.from({ length: 20_100 }, (_, index) => index + 1));
});

test("an amendment of a message that did not come is a gap", () => {
  assert.equal(synced(1, 3).amend({ room: 7, seq: 4, rev: 1, by: 4, text: "?" }), GAP);
});

test("an amendment that overtakes the page of history with its message is not lost", () => {
  const room = synced(51, 60);
  const awaited = room.expectPage();
  assert.equal(room.amend({ room: 7, seq: 45, rev: 1, by: 4, text: "newer", edited_at: 1 }), ADDED);
  room.prepend(room.applyPage(awaited, range(41, 50)), false);
  assert.equal(room.messages[4].text, "newer");
  assert.equal(room.applyPage(awaited, range(31, 40)), null);
});

test("a page that was asked of other messages is refused", () => {
  const room = synced(51, 60);
  const awaited = room.expectPage();
  room.catchUp(state({ epoch: "b", seq: 60, messages: range(51, 60) }));
  assert.equal(room.applyPage(awaited, range(41, 50)), null);
});

test("a room is restored when rows that were shown gave way, and only then", () => {
  const anew = (from, to) => range(from, to).map((each) => ({ ...each, epoch: "b" }));
  const restored = (more) => { const room = synced(1, 10); room.catchUp(state(more)); return room.restored; };
  assert.equal(synced(1, 10).restored, false);
  assert.equal(restored({ seq: 900, messages: range(851, 900) }), false);                                    // a long absence
  assert.equal(restored({ epoch: "b", seq: 900, messages: anew(851, 900) }), false);                         // and a restart in it
  assert.equal(restored({ epoch: "b", seq: 11, catch_up: "complete", messages: anew(11, 11) }), false);      // nothing was lost
  assert.equal(restored({ epoch: "b", seq: 10, messages: range(1, 10) }), false);                            // nor here
  assert.equal(restored({ epoch: "b", seq: 8, messages: range(1, 8) }), true);                               // two are gone
  assert.equal(restored({ epoch: "b", seq: 12, messages: [...range(1, 8), ...anew(9, 12)] }), true);         // others came instead
});

test("what a sync promises and does not bring is asked for again", () => {
  const room = synced(1, 3);
  room.catchUp(state({ seq: 9, catch_up: "complete" }));
  assert.equal(room.position.seq, 3);
  assert.equal(room.behind({ epoch: "a", seq: 9, rev: 0 }), true);
});

test("any order of lost, repeated and late events ends as the server has it", () => {
  for (let seed = 1; seed <= 300; seed++) {
    const random = randomBy(seed);
    const log = range(1, 40);
    const room = new RoomState(FACTS);
    room.catchUp(state());
    for (const sent of log) {
      if (random() < 0.2) continue;                                       // lost
      const came = random() < 0.2 ? log[Math.floor(random() * sent.seq)] : sent;
      if (room.receive(came) === GAP) catchUp(room, log, sent.seq);
    }
    if (room.behind({ epoch: "a", seq: 40, rev: 0 })) catchUp(room, log, 40);
    assert.deepEqual(seqs(room), log.map(({ seq }) => seq), `seed ${seed}`);
  }
});

function catchUp(room, log, seq) {
  room.catchUp(state({ seq, catch_up: "complete", messages: log.slice(room.seq, seq) }));
}

function randomBy(seed) {
  let value = seed;
  return () => { value = (value * 48271) % 2147483647; return value / 2147483647; };
}
