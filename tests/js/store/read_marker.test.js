// What the page counts is what the server counts, however little of a room it holds.
import assert from "node:assert/strict";
import { test } from "node:test";
import { setImmediate as turn } from "node:timers/promises";
import { ReadMarkers } from "../../../static/js/store/read_markers.js";
import { RoomState } from "../../../static/js/store/room_state.js";

const ME = 1;
const FACTS = { id: 7, slug: "sea", name: "sea", kind: "public", topic: "", state: "open", slow_mode: 0 };

/** The server's side of one room: everything that was said, and my marker. */
class Server {
  constructor() { Object.assign(this, { said: [], rev: 0, read: 0, turn: 0, changes: [] }); }
  say(author, mentions = []) {
    const message = { room: 7, seq: this.said.length + 1, epoch: "a", author: { id: author }, text: "x", sent_at: 1, mentions };
    this.said.push({ ...message });
    if (author === ME && this.read === message.seq - 1) this.read = message.seq;
    return message;
  }
  amend(seq, change) {
    Object.assign(this.said[seq - 1], change);
    this.rev += 1;
    const { deleted = false, text, mentions } = this.said[seq - 1];
    const amendment = { room: 7, seq, rev: this.rev, by: 9, ...(deleted ? { deleted } : { text, mentions }) };
    this.changes.push(amendment);
    return amendment;
  }
  move({ seq, turn: inTurn, back = false }) {
    if (back && seq < this.read) { this.read = seq; this.turn += 1; return { room: 7, seq, turn: this.turn }; }
    if (seq <= this.read || (inTurn ?? this.turn) < this.turn) return null;
    this.read = Math.min(seq, this.said.length);
    return { room: 7, seq: this.read, turn: this.turn };
  }
  counts() {
    const unread = this.said.slice(this.read).filter((message) => !message.deleted && message.author.id !== ME);
    const mentions = unread.filter((message) => message.mentions?.some((id) => id === 0 || id === ME));
    return { read: this.read, turn: this.turn, unread: unread.length, mentions: mentions.length, epoch: "a", seq: this.said.length, rev: this.rev };
  }
  state(known) {
    const complete = known && this.said.length - known.seq <= 20;
    const messages = this.said.slice(complete ? known.seq : -10).map((message) => (message.deleted ? { ...message, text: "" } : { ...message }));
    return { ...FACTS, role: "member", catch_up: complete ? "complete" : "window", messages, amendments: complete ? this.changes.filter(({ rev, seq }) => rev > known.rev && seq <= known.seq) : [], online: [], ...this.counts() };
  }
}

function pair() {
  const server = new Server();
  const room = new RoomState(FACTS, ME);
  room.catchUp(server.state(null));
  return { server, room };
}
const counted = ({ unread, mentions }) => ({ unread, mentions });

test("what others say counts, with my name twice, and my own words never", () => {
  const { server, room } = pair();
  room.receive(server.say(ME));
  assert.equal(room.read, 1);
  for (const [author, mentions] of [[2, []], [2, [ME]], [2, [0]], [2, [3]], [ME, [0]]]) room.receive(server.say(author, mentions));
  assert.deepEqual(counted(room), { unread: 4, mentions: 2 });
  assert.equal(room.read, 1);
});

test("an edit, a deletion and a restoration change the count", () => {
  const { server, room } = pair();
  room.receive(server.say(2, [ME]));
  room.amend(server.amend(1, { text: "y", mentions: [3] }));
  assert.deepEqual(counted(room), { unread: 1, mentions: 0 });
  room.amend(server.amend(1, { text: "z", mentions: [0] }));
  assert.deepEqual(counted(room), { unread: 1, mentions: 1 });
  room.amend(server.amend(1, { deleted: true }));
  assert.deepEqual(counted(room), { unread: 0, mentions: 0 });
  room.amend(server.amend(1, { deleted: false }));
  assert.deepEqual(counted(room), { unread: 1, mentions: 1 });
});

test("where a message is not at hand that was changed, the count is not sure; a reaction changes nothing", () => {
  const server = new Server();
  for (let number = 0; number < 40; number++) server.say(2);
  const room = new RoomState(FACTS, ME);
  room.catchUp(server.state(null));
  assert.deepEqual([room.unread, room.oldest], [40, 31]);
  room.amend({ ...server.amend(3, {}), reacted: { emoji: "+", on: true } });
  assert.equal(room.marker.sure, true);
  room.amend(server.amend(3, { deleted: true }));
  assert.equal(room.marker.sure, false);
  room.marker.confirm(server.counts(), {});
  assert.deepEqual([room.unread, room.marker.sure], [39, true]);
});

test("who reads on from far back counts down by what is there", () => {
  const server = new Server();
  for (let number = 1; number <= 40; number++) server.say(2, number === 4 ? [ME] : []);
  server.amend(2, { deleted: true });
  const room = new RoomState(FACTS, ME);
  room.catchUp(server.state(null));
  room.goBackTo(server.said.slice(0, 10), true);
  room.marker.markRead(5);
  assert.deepEqual([counted(room), room.marker.sure], [{ unread: 35, mentions: 0 }, true]);
  room.marker.markUnread(2);
  assert.deepEqual([counted(room), room.marker.sure], [{ unread: 38, mentions: 1 }, true]);
  room.marker.markRead(20);
  assert.equal(room.marker.sure, false);
});

test("an answer of another moment is not taken for this one", () => {
  const { server, room } = pair();
  room.receive(server.say(2));
  const answer = server.counts();
  room.receive(server.say(2));
  room.marker.sure = false;
  room.marker.confirm(answer, {});
  assert.deepEqual([room.unread, room.marker.sure], [2, false]);
});

test("reading elsewhere and marking as unread elsewhere, in any order, end as the server has it", () => {
  const { server, room } = pair();
  for (let number = 0; number < 9; number++) room.receive(server.say(2));
  const events = [server.move({ seq: 5 }), server.move({ seq: 2, back: true }), server.move({ seq: 4 })];
  for (const order of [[0, 1, 2], [2, 1, 0], [1, 0, 2], [1, 2, 0]]) {
    const tried = new RoomState(FACTS, ME);
    tried.catchUp({ ...server.state(null), messages: server.said, read: 0, turn: 0 });
    for (const index of order) tried.marker.told(events[index].seq, events[index].turn);
    assert.deepEqual([tried.read, tried.unread], [4, 5], String(order));
  }
});

test("what was read before it was marked as unread elsewhere, and could not be told, does not undo that", () => {
  const { server, room } = pair();
  for (let number = 0; number < 5; number++) room.receive(server.say(2));
  room.marker.markRead(5);
  server.move({ seq: 3 });
  server.move({ seq: 1, back: true });
  room.catchUp(server.state(room.position));
  assert.deepEqual([room.read, room.unread, room.marker.pending], [1, 4, null]);
});

test("what I did while not connected still holds after it", () => {
  const { server, room } = pair();
  for (let number = 0; number < 5; number++) room.receive(server.say(2));
  room.marker.markRead(4);
  server.say(2, [ME]);
  room.catchUp(server.state(room.position));
  assert.deepEqual([room.read, room.unread, room.mentions], [4, 2, 1]);
  room.marker.markUnread(3);
  room.catchUp(server.state(room.position));
  assert.deepEqual([room.read, room.unread], [2, 4]);
});

function connected(server, room) {
  const timers = [];
  const online = { yes: true };
  const markers = new ReadMarkers({
    request: async (_event, payload) => {
      if (!online.yes) throw { code: "offline" };
      server.move(payload);
      return server.counts();
    },
    changed: () => {}, later: (act) => { timers.push(act); return timers.length; },
  });
  const settle = async () => { while (timers.length) { timers.shift()(); await turn(); await turn(); } };
  return { markers, settle, online, room };
}

test("a marker is told once, in time, and again after a reconnection", async () => {
  const { server, room } = pair();
  for (let number = 0; number < 5; number++) room.receive(server.say(2));
  const { markers, settle, online } = connected(server, room);
  markers.markRead(room, 2);
  markers.markRead(room, 3);
  await settle();
  assert.equal(server.read, 3);
  online.yes = false;
  markers.markUnread(room, 2);
  await settle();
  assert.deepEqual([server.read, room.read, room.held], [3, 1, true]);
  online.yes = true;
  markers.resend([room]);
  await turn();
  assert.deepEqual([server.read, server.turn, room.marker.pending], [1, 1, null]);
});

test("random days: after every step that is settled, the page counts what the server counts", async () => {
  for (let seed = 1; seed <= 200; seed++) {
    const random = randomBy(seed);
    const pick = (count) => Math.floor(random() * count);
    const { server, room } = pair();
    const { markers, settle } = connected(server, room);
    for (let step = 0; step < 60; step++) {
      const seq = 1 + pick(Math.max(1, server.said.length));
      const did = pick(10);
      if (did < 4) for (let times = pick(6); times > 0; times--) room.receive(server.say(1 + pick(3), [[], [ME], [0], [2]][pick(4)]));
      else if (did === 4 && server.said.length) room.amend(server.amend(seq, { deleted: !server.said[seq - 1].deleted }));
      else if (did === 5 && server.said.length && !server.said[seq - 1].deleted) room.amend(server.amend(seq, { text: `${step}`, mentions: [[], [ME], [0]][pick(3)] }));
      else if (did === 6) markers.markRead(room, seq);
      else if (did === 7) markers.markUnread(room, seq);
      else if (did === 8) { const event = server.move({ seq, back: random() < 0.5 }); if (event && random() < 0.8) room.marker.told(event.seq, event.turn); else room.catchUp(server.state(room.position)); }
      else { room.trim(5); if (random() < 0.5) room.catchUp(server.state(random() < 0.5 ? room.position : null)); }
      markers.check(room);
      await settle();
      assert.deepEqual({ ...counted(room), read: room.read }, { ...counted(server.counts()), read: server.read }, `seed ${seed}, step ${step}, ${did}`);
    }
  }
});

function randomBy(seed) {
  let value = seed;
  return () => { value = (value * 48271) % 2147483647; return value / 2147483647; };
}
