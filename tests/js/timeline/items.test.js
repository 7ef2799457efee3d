import assert from "node:assert/strict";
import { test } from "node:test";
import { firstNew, timelineItems } from "../../../static/js/timeline/items.js";

const me = { id: 1, handle: "alva", name: "Alva" };
const mei = { id: 2, handle: "mei", name: "Mei" };
const NOON = Date.UTC(2026, 10, 23, 12);
const MINUTE = 60_000;
const message = (seq, author, sent_at, more = {}) => ({ seq, author, sent_at, text: `${seq}`, kind: "text", client_id: `c${seq}`, ...more });
const items = (messages, more = {}) => timelineItems({ messages, first: true, me, zone: "UTC", ...more });
const shape = (list) => list.map((item) => (item.message ? `${item.type}${item.grouped ? " grouped" : ""}` : item.type));

test("the same author within five minutes is one group", () => {
  const list = items([message(1, mei, NOON), message(2, mei, NOON + 4 * MINUTE), message(3, mei, NOON + 10 * MINUTE), message(4, me, NOON + 11 * MINUTE)]);
  assert.deepEqual(shape(list), ["opening", "day", "message", "message grouped", "message", "message"]);
});

test("a notice, a reply and a new day end a group", () => {
  const list = items([
    message(1, mei, NOON), message(2, mei, NOON + 1, { kind: "notice" }), message(3, mei, NOON + 2),
    message(4, mei, NOON + 3, { reply_to: 1 }), message(5, mei, NOON + 12 * 60 * MINUTE),
  ]);
  assert.deepEqual(shape(list), ["opening", "day", "message", "notice", "message", "message", "day", "message"]);
});

test("a day begins at midnight where the reader is", () => {
  const late = Date.UTC(2026, 10, 22, 23, 30);
  const days = (zone) => timelineItems({ messages: [message(1, mei, late), message(2, mei, NOON)], first: false, me, zone })
    .filter(({ type }) => type === "day").map(({ day }) => day);
  assert.deepEqual(days("UTC"), ["2026-11-22", "2026-11-23"]);
  assert.deepEqual(days("Europe/Berlin"), ["2026-11-23"]);
});

const range = (messages) => ({ messages, oldest: messages[0].seq });

test("the divider stands before the first new message of someone else", () => {
  const messages = [message(1, mei, NOON), message(2, me, NOON + 1), message(3, mei, NOON + 2), message(4, mei, NOON + 3)];
  const list = items(messages, { divider: firstNew(range(messages), 1, me) });
  assert.deepEqual(shape(list), ["opening", "day", "message", "message", "fresh", "message", "message grouped"]);
});

test("my own messages alone are not new to me", () => {
  assert.equal(firstNew(range([message(1, mei, NOON), message(2, me, NOON)]), 1, me), null);
});

test("where the first new message is not at hand, no other one is called so", () => {
  const messages = [message(7, mei, NOON), message(8, mei, NOON)];
  assert.equal(firstNew(range(messages), 5, me), null);
  assert.equal(firstNew(range(messages), 6, me), messages[0]);
});

test("rows in the middle of a talk go on from what is before them, and say that more comes", () => {
  const list = items([message(3, mei, NOON + 2 * MINUTE)], { first: false, last: false, before: message(2, mei, NOON), pending: [{ client_id: "c9", at: NOON, text: "9" }] });
  assert.deepEqual(shape(list), ["older", "message grouped", "newer"]);
});

test("a pending row keeps its key when its message comes", () => {
  const pending = [{ client_id: "c2", at: NOON + 2, text: "2" }];
  const before = items([message(1, me, NOON)], { pending });
  const after = items([message(1, me, NOON), message(2, me, NOON + 2)]);
  assert.equal(before.at(-1).key, after.at(-1).key);
  assert.equal(before.at(-1).grouped, true);
});

test("no two rows share a key, whatever the clock did", () => {
  const list = items([message(1, mei, NOON), message(2, mei, NOON - 24 * 60 * MINUTE), message(3, mei, NOON)]);
  assert.equal(new Set(list.map(({ key }) => key)).size, list.length);
});

test("the top says whether anything is before it", () => {
  assert.equal(items([message(1, mei, NOON)])[0].empty, false);
  assert.equal(items([])[0].empty, true);
  assert.equal(items([message(51, mei, NOON)], { first: false })[0].type, "older");
});
