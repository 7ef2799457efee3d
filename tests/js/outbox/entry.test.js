import assert from "node:assert/strict";
import { test } from "node:test";
import { afterReceipt, withoutMessage } from "../../../static/js/outbox/entry.js";

const me = { id: 1 };
const message = (seq, client_id, author = me) => ({ seq, client_id, author });
const room = (...messages) => ({ messages, synced: true, seq: messages.at(-1)?.seq ?? 0, oldest: messages[0]?.seq ?? 1 });
const rows = (entry, inRoom) => withoutMessage([{ client_id: "c", ...entry }], inRoom, me).length;

test("an entry has a row until its message has one, whatever was acknowledged", () => {
  assert.equal(rows({ state: "waiting" }, room(message(1, "x"))), 1);
  assert.equal(rows({ state: "failed" }, room(message(1, "x"))), 1);
  assert.equal(rows({ state: "waiting" }, room(message(1, "c"))), 0);
  assert.equal(rows({ state: "sent", seq: 2 }, room(message(1, "x"))), 1);        // its event is on the way
  assert.equal(rows({ state: "sent", seq: 2 }, room(message(1, "x"), message(2, "c"))), 0);
});

test("what stands above the messages at hand has no second row below them", () => {
  const window = room(message(950, "x"), message(999, "y"));
  assert.equal(rows({ state: "sent", seq: 12 }, window), 0);
  assert.equal(rows({ state: "waiting", again: true, seq: 12 }, window), 0);
});

test("before the first sync, what was sent waits to be seen among the others", () => {
  assert.equal(rows({ state: "sent", seq: 2 }, { messages: [], seq: 0, oldest: 1, synced: false }), 0);
  assert.equal(rows({ state: "waiting" }, { messages: [], seq: 0, oldest: 1, synced: false }), 1);
});

test("what the room lost again has a row until it comes back", () => {
  assert.equal(rows({ state: "waiting", again: true, seq: 2 }, room(message(1, "x"))), 1);
});

test("what is asked for again and is there is not kept for longer than what was just stored", () => {
  const sent = afterReceipt({ state: "waiting" }, { seq: 1, epoch: "a" }, 0);
  const again = { ...sent, state: "waiting", again: true, checked: "b" };
  assert.equal(afterReceipt(again, { seq: 1, epoch: "a", duplicate: true }, 60_000).keptUntil, sent.keptUntil);
  assert.equal(afterReceipt(again, { seq: 2, epoch: "b" }, 60_000).keptUntil, sent.keptUntil + 60_000);
  assert.equal(afterReceipt({ state: "waiting" }, { seq: 1, epoch: "a", duplicate: true }, 60_000).keptUntil, sent.keptUntil + 60_000);
});

test("an id that somebody else copied is not mine", () => {
  assert.equal(rows({ state: "waiting" }, room(message(1, "c", { id: 2 }))), 1);
});
