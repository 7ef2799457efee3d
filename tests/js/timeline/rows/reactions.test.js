// The label of a reaction.
import assert from "node:assert/strict";
import { test } from "node:test";
import { reactionWords } from "../../../../static/js/timeline/rows/reactions.js";

test("a reaction says what it is, how many, and who", () => {
  const names = { 2: "Inês", 3: "Mei", 4: "Dov" };
  const words = (reaction) => reactionWords({ emoji: "❤️", by: [], ...reaction }, { id: 1 }, (id) => names[id]);
  assert.equal(words({ count: 6, by: [1, 2, 3], mine: true }), "heart, 6, you, Inês, Mei, and 3 more");
  assert.equal(words({ count: 2, by: [3, 4] }), "heart, 2, Mei and Dov");
  assert.equal(words({ count: 1, by: [1], mine: true }), "heart, 1, you");
  assert.equal(words({ count: 9, by: {} }), "heart, 9");
});
