// Seeded runs of everything that the browser keeps, against a server that loses answers and events, repeats them, starts
// again in another epoch and forgets its newest messages. In the end the page shows exactly what the room has, and the
// room has everything that was written: once, in the order of writing.
import assert from "node:assert/strict";
import { test } from "node:test";
import { withoutMessage } from "../../../static/js/outbox/entry.js";
import { GAP, RoomState } from "../../../static/js/store/room_state.js";
import { Clock, openTab, randomBy, settle } from "./stage.js";

const ME = { id: 1, handle: "me", name: "Me" };
const OTHER = { id: 2, handle: "other", name: "Other" };
const FACTS = { id: 7, slug: "sea", name: "sea", kind: "public", topic: "", state: "open", slow_mode: 0, role: "member" };
const WINDOW = 50;
const MOST = 60;

class Server {
  log = [];
  states = new Map();     // seq → the amendment that stands
  rev = 0;
  epoch = 1;
  ends = new Map();       // epoch → {seq, rev}
  forgot = false;

  append(author, client_id, text) {
    const there = this.log.find((message) => message.client_id === client_id && message.author.id === author.id);
    if (there) return { seq: there.seq, epoch: there.epoch, duplicate: true };
    const message = { room: 7, seq: this.log.length + 1, epoch: this.epoch, client_id, author, text, sent_at: 1, kind: "text" };
    this.log.push(message);
    return { seq: message.seq, epoch: message.epoch, message };
  }

  amend(seq, text) {
    this.rev += 1;
    const amendment = { room: 7, seq, rev: this.rev, by: 2, text, edited_at: this.rev };
    this.states.set(seq, amendment);
    return amendment;
  }

  /** Redis restarts, without its newest messages and the changes that came after them. */
  startAnew(lost) {
    this.forgot ||= lost > 0;
    this.log.length = Math.max(0, this.log.length - lost);
    for (const [seq, { rev }] of this.states) if (seq > this.log.length || (lost && rev > this.rev - 2)) this.states.delete(seq);
    if (lost) this.rev = Math.max(0, this.rev - 2);
    const end = { seq: this.log.length, rev: this.rev };
    for (const [epoch, { seq, rev }] of this.ends) this.ends.set(epoch, { seq: Math.min(seq, end.seq), rev: Math.min(rev, end.rev) });
    this.ends.set(this.epoch, end);
    this.epoch += 1;
  }

  asItStands(message) {
    const { text, edited_at } = this.states.get(message.seq) ?? {};
    return text === undefined ? { ...message } : { ...message, text, edited_at };
  }

  sync({ epoch, seq, rev } = {}) {
    const end = epoch === this.epoch ? { seq: this.log.length, rev: this.rev } : this.ends.get(epoch);
    const complete = Boolean(end) && seq <= end.seq && rev <= end.rev && this.log.length - seq <= MOST;
    const messages = (complete ? this.log.slice(seq) : this.log.slice(-WINDOW)).map((message) => this.asItStands(message));
    const amendments = complete ? [...this.states.values()].filter((each) => each.rev > rev && each.seq <= seq) : [];
    return { ...FACTS, epoch: this.epoch, seq: this.log.length, rev: this.rev, read: 0, online: [], catch_up: complete ? "complete" : "window", messages, amendments };
  }
}

class Page {
  constructor(server, clock) {
    this.room = new RoomState(FACTS, ME.id);
    this.server = server;
    Object.assign(this, openTab({ clock }));
    this.outbox.connected();
    this.sync();
  }

  sync() {
    const state = this.server.sync(this.room.synced ? this.room.position : undefined);
    const { added } = this.room.catchUp(state);
    this.take(added);
    this.outbox.check(7, this.room.epoch);
    this.outbox.connected();
  }

  take(messages) {
    for (const message of messages) if (message.author.id === ME.id) this.outbox.arrived(message, this.room.epoch);
  }

  hear(kind, payload) {
    const outcome = kind === "message" ? this.room.receive(payload) : this.room.amend(payload);
    if (outcome === GAP) this.sync();
    else if (kind === "message") this.take([payload]);
  }

  rows() {
    const pending = withoutMessage(this.outbox.entriesOf(7), this.room, ME);
    return [...this.room.messages.map(({ client_id }) => client_id), ...pending.map(({ client_id }) => client_id)];
  }
}

async function live(seed) {
  const random = randomBy(seed);
  const chance = (probability) => random() < probability;
  const server = new Server();
  const clock = new Clock();
  const page = new Page(server, clock);
  const written = [];
  const mischief = async (calm) => {
    for (const request of page.sent.splice(0)) {
      if (!calm && chance(0.2)) { request.reject({ code: chance(0.5) ? "timeout" : "unavailable", retry_in: 1 }); continue; }   // never got there
      const { message, ...ack } = server.append(ME, request.client_id, request.text);
      for (let times = calm || chance(0.7) ? 1 : chance(0.5) ? 2 : 0; message && times > 0; times--) page.hear("message", { ...message });
      if (!calm && chance(0.3)) request.reject({ code: "timeout" });                                                            // the answer is lost
      else request.resolve(ack);
    }
    await settle();
  };
  for (let step = 0; step < 60; step++) {
    if (chance(0.4)) written.push(page.outbox.add(7, `mine ${step}`).client_id);
    await settle();
    await mischief(false);
    if (chance(0.3)) {
      const { message } = server.append(OTHER, `other ${seed} ${step}`, `theirs ${step}`);
      if (chance(0.7)) page.hear("message", { ...message });
    }
    if (server.log.length && chance(0.3)) {
      const amendment = server.amend(1 + Math.floor(random() * server.log.length), `edited ${step}`);
      if (chance(0.7)) page.hear("amended", amendment);
    }
    if (chance(0.05)) server.startAnew(chance(0.5) ? Math.floor(random() * 4) : 0);
    if (chance(0.1)) { page.outbox.disconnected(); await settle(); page.sync(); }
    await clock.pass(chance(0.1) ? 3000 : 100);
    const rows = page.rows();
    assert.equal(new Set(rows).size, rows.length, `seed ${seed}: a row twice`);
  }
  // Calm returns: a head is heard, what waits goes out.
  for (let calm = 0; calm < 40; calm++) {
    if (page.room.behind({ epoch: server.epoch, seq: server.log.length, rev: server.rev })) page.sync();
    await clock.pass(200);
    await mischief(true);
  }
  return { server, page, written };
}

test("300 seeded runs of mischief end with the room's truth on the page, and all that was written in the room", { timeout: 120_000 }, async () => {
  for (let seed = 1; seed <= 300; seed++) {
    const { server, page, written } = await live(seed);
    const label = `seed ${seed}`;
    const shown = page.room.messages.map(({ seq, client_id, text }) => `${seq} ${client_id} ${text}`);
    const truth = server.log.slice(-shown.length).map((message) => server.asItStands(message)).map(({ seq, client_id, text }) => `${seq} ${client_id} ${text}`);
    assert.deepEqual(shown, truth, label);
    assert.deepEqual(page.rows(), page.room.messages.map(({ client_id }) => client_id), `${label}: something still waits`);
    const mine = server.log.filter(({ author }) => author.id === ME.id).map(({ client_id }) => client_id);
    assert.deepEqual([...mine].sort(), [...written].sort(), label);
    // What was lost comes back behind what was on its way in that moment; no client could know.
    if (!server.forgot) assert.deepEqual(mine, written, `${label}: out of order`);
  }
});
