import assert from "node:assert/strict";
import { test } from "node:test";
import { amendedLive, amendedSince } from "../../../static/js/store/amendment.js";

const ME = 1;
const message = { seq: 3, text: "first", author: { id: 2 } };
const thumb = (count, by) => ({ emoji: "👍", count, by });
const shape = ({ reactions }) => reactions.map(({ emoji, count, mine }) => `${emoji} ${count}${mine ? " mine" : ""}`);

test("an edit changes the text and says when", () => {
  const edited = amendedLive(message, { rev: 1, by: 2, text: "second", edited_at: 9 }, ME);
  assert.deepEqual([edited.text, edited.edited_at, edited.deleted], ["second", 9, false]);
});

test("a deletion takes text and reactions, a restoration brings both back, and mine with them", () => {
  const reacted = amendedLive(message, { by: ME, reactions: [thumb(1, [ME])], reacted: { emoji: "👍", on: true } }, ME);
  const deleted = amendedLive(reacted, { by: 4, deleted: true }, ME);
  assert.deepEqual([deleted.text, deleted.deleted, deleted.deleted_by, deleted.reactions], ["", true, 4, []]);
  const restored = amendedLive(deleted, { by: 4, text: "first", reactions: [thumb(1, [ME])] }, ME);
  assert.deepEqual([restored.text, restored.deleted, restored.deleted_by], ["first", false, undefined]);
  assert.deepEqual(shape(restored), ["👍 1 mine"]);
});

test("a reaction leaves a text that never changed", () => {
  assert.equal(amendedLive(message, { by: 5, reactions: [thumb(1, [5])], reacted: { emoji: "👍", on: true } }, ME).text, "first");
});

test("mine is what I did, here or elsewhere, and nobody else's doing", () => {
  let seen = amendedLive(message, { by: 5, reactions: [thumb(1, [5])], reacted: { emoji: "👍", on: true } }, ME);
  assert.deepEqual(shape(seen), ["👍 1"]);
  seen = amendedLive(seen, { by: ME, reactions: [thumb(2, [5, ME])], reacted: { emoji: "👍", on: true } }, ME);
  assert.deepEqual(shape(seen), ["👍 2 mine"]);
  seen = amendedLive(seen, { by: 5, reactions: [thumb(1, [ME])], reacted: { emoji: "👍", on: false } }, ME);
  assert.deepEqual(shape(seen), ["👍 1 mine"]);
  seen = amendedLive(seen, { by: ME, reacted: { emoji: "👍", on: false } }, ME);
  assert.deepEqual(shape(seen), []);
});

test("a message that came with my reactions keeps them through others' changes", () => {
  const came = { ...message, reactions: [{ ...thumb(6, [2, 3, 4, 5, 6]), mine: true }] };
  assert.deepEqual(shape(amendedLive(came, { by: 9, reactions: [thumb(7, [2, 3, 4, 5, 6])], reacted: { emoji: "👍", on: true } }, ME)), ["👍 7 mine"]);
});

test("a sync says itself what is mine", () => {
  const came = { ...message, reactions: [{ ...thumb(1, [1]), mine: true }] };
  assert.deepEqual(shape(amendedSince(came, { by: 9, reactions: [thumb(7, [2]), { emoji: "🎉", count: 1, by: [1], mine: true }] })), ["👍 7", "🎉 1 mine"]);
});
