// Who is typing.
import assert from "node:assert/strict";
import { test } from "node:test";
import { TypingList, typingParts, TypingSender } from "../../../static/js/composer/typing.js";

test("typing names two and no more", () => {
  const words = (names) => typingParts(names).flat().join("");
  assert.equal(words([]), "");
  assert.equal(words(["Mei"]), "Mei is typing");
  assert.equal(words(["Mei", "نور"]), "Mei and نور are typing");
  assert.equal(words(["Mei", "Ruth", "Dov"]), "Several people are typing");
});

test("typing ends after five seconds, or with the message", () => {
  let now = 0;
  const typing = new TypingList({ changed: () => {}, now: () => now, later: () => {} });
  typing.typed(7, 2);
  typing.typed(7, 3);
  typing.typed(8, 4);
  assert.deepEqual(typing.of(7), [2, 3]);
  typing.wrote(7, 2);
  now = 4999;
  assert.deepEqual(typing.of(7), [3]);
  now = 5000;
  assert.deepEqual(typing.of(7), []);
});

test("typing is told every three seconds, and at once after sending", () => {
  const told = [];
  let now = 0;
  const sender = new TypingSender((_event, { room }) => told.push(room), () => now);
  for (now of [0, 1000, 2999, 3000]) sender.typed(7);
  sender.sent(7);
  sender.typed(7);
  assert.equal(told.length, 3);
});
