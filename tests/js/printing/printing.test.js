// A room on paper: the messages of the chosen days, all of them, and nothing of the frame.
import assert from "node:assert/strict";
import { test } from "node:test";
import { JSDOM } from "jsdom";

const { window } = new JSDOM("", { url: "http://localhost/" });
globalThis.document = window.document;
const { messagesBetween, MOST, spanOf } = await import("../../../static/js/printing/span.js");
const { printedRoom, spanWords } = await import("../../../static/js/printing/printed_room.js");

const HOUR = 3_600_000;
const ADA = { id: 1, handle: "ada", name: "Ada" };
const BOB = { id: 2, handle: "bob", name: "Bob" };

/** A room with a message every hour, and its history as the server gives it. */
function roomOf(count) {
  const all = Array.from({ length: count }, (_, index) => ({ seq: index + 1, sent_at: index * HOUR, author: ADA, text: `Message ${index + 1}`, kind: "text" }));
  const asked = [];
  const ask = async (payload) => {
    asked.push(payload);
    const messages = all.slice(Math.max(0, payload.before - 1 - payload.limit), payload.before - 1);
    return { messages, first: messages[0]?.seq === 1 };
  };
  return { room: { id: 7, seq: count }, ask, asked };
}

const numbers = ({ messages }) => messages.map(({ seq }) => seq);

test("the messages of a span are found wherever they lie, in order, and no others", async () => {
  const { room, ask, asked } = roomOf(1000);
  const told = [];
  const found = await messagesBetween(room, { from: 100 * HOUR, to: 350 * HOUR }, { ask, told: (count) => told.push(count), now: 2000 * HOUR });
  assert.deepEqual([numbers(found)[0], numbers(found).at(-1), found.messages.length, found.cut], [101, 350, 250, false]);
  assert.deepEqual(told, [100, 200, 250]);
  assert.ok(asked.length <= 10 + 3, `${asked.length} requests`);
  assert.deepEqual(asked[0].room, 7);
});

test("a span that ends today begins with the newest, and one before the room has nothing", async () => {
  const { room, ask, asked } = roomOf(30);
  const found = await messagesBetween(room, { from: 25 * HOUR, to: 99 * HOUR }, { ask, now: 40 * HOUR });
  assert.deepEqual([numbers(found), asked.length], [[26, 27, 28, 29, 30], 1]);
  assert.deepEqual(numbers(await messagesBetween(room, { from: -9 * HOUR, to: 0 }, { ask, now: 40 * HOUR })), []);
  assert.deepEqual(numbers(await messagesBetween({ id: 7, seq: 0 }, { from: 0, to: 9 * HOUR }, { ask: async () => ({ messages: [], first: true }), now: 0 })), []);
});

test("no more is printed than somebody reads, and it says so", async () => {
  const { room, ask } = roomOf(MOST + 150);
  const found = await messagesBetween(room, { from: 0, to: 10_000 * HOUR }, { ask, now: 0 });
  assert.deepEqual([found.messages.length, found.messages.at(-1).seq, found.cut], [MOST, MOST + 150, true]);
});

test("a server that asks to wait is waited for, and any other refusal is told", async () => {
  const { room, ask } = roomOf(5);
  const waits = [];
  let refusals = 2;
  const busy = (payload) => (refusals-- > 0 ? Promise.reject({ code: "rate_limited", retry_in: 3, message: "Too fast." }) : ask(payload));
  const found = await messagesBetween(room, { from: 0, to: 9 * HOUR }, { ask: busy, wait: async (delay) => { waits.push(delay); }, now: 0 });
  assert.deepEqual([numbers(found).length, waits], [5, [3000, 3000]]);
  const gone = () => Promise.reject({ code: "not_found", message: "Gone." });
  await assert.rejects(messagesBetween(room, { from: 0, to: 9 * HOUR }, { ask: gone, now: 0 }), { code: "not_found" });
});

test("a span is whole days of the reader's clock, in either order", () => {
  const { from, to } = spanOf("2026-11-23", "2026-11-24");
  assert.deepEqual([new Date(from).getHours(), new Date(to).getHours(), (to - from) / HOUR], [0, 0, 48]);
  assert.deepEqual(spanOf("2026-11-24", "2026-11-23"), { from, to });
  assert.equal(spanWords({ from, to }).includes("–"), true);
  assert.equal(spanWords(spanOf("2026-11-23", "2026-11-23")).includes("–"), false);
});

test("on paper are days, names, times and whole texts; not what was deleted or comes from blocked people", () => {
  const at = new Date(2026, 10, 23, 9, 5).getTime();
  const messages = [
    { seq: 1, sent_at: at, author: ADA, text: "**Hello**", kind: "text" },
    { seq: 2, sent_at: at, author: BOB, text: "secret", kind: "text" },
    { seq: 3, sent_at: at + 24 * HOUR, author: ADA, text: "Yes", kind: "text", reply_to: 1, edited_at: at },
    { seq: 4, sent_at: at + 24 * HOUR, author: ADA, text: "", kind: "text", deleted: true },
    { seq: 5, sent_at: at + 24 * HOUR, author: BOB, text: "joined.", kind: "notice" },
  ];
  const render = (text) => Object.assign(document.createElement("p"), { textContent: text });
  const page = printedRoom({ sign: "#sea", messages, cut: true, render, isBlocked: (id) => id === 2, now: at });
  const rows = [...page.querySelectorAll("li")].map((row) => row.textContent);
  assert.equal(page.querySelector("h1").textContent, "#sea");
  assert.match(page.textContent, /5 messages.*Only the newest messages/);
  assert.deepEqual(page.querySelectorAll(".printed__day").length, 2);
  assert.match(rows[0], /2026/);
  assert.match(rows[1], /^Ada 09:05\*\*Hello\*\*$/);
  assert.match(rows[2], /Message from a blocked person$/);
  assert.match(rows[4], /\(edited\)In reply to Ada: HelloYes$/);
  assert.match(rows[5], /This message was deleted\.$/);
  assert.equal(page.textContent.includes("secret"), false);
  assert.equal(page.querySelectorAll("button").length, 0);
});
