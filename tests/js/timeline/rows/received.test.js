// Where the server's Redis can lose what it acknowledged, one's own messages say that they are received, not that they are stored.
import assert from "node:assert/strict";
import { test } from "node:test";
import { isReceivedOnly, timeTitle } from "../../../../static/js/timeline/rows/received.js";

const alice = { id: 1 };
const hers = { seq: 7, author: alice };

test("a message of one's own is marked where acknowledged is not on disk", () => {
  assert.equal(isReceivedOnly(hers, { me: alice, durable: false }), true);
  assert.equal(isReceivedOnly(hers, { me: alice, durable: true }), false);
});

test("what others wrote, and what is not acknowledged, is not marked", () => {
  assert.equal(isReceivedOnly(hers, { me: { id: 2 }, durable: false }), false);
  assert.equal(isReceivedOnly({ author: alice }, { me: alice, durable: false }), false);
});

test("its time says so in words", () => {
  assert.equal(timeTitle("14:03:22", true), "14:03:22 · received, possibly not saved yet");
  assert.equal(timeTitle("14:03:22", false), "14:03:22");
});
