// What the row of an unsent message says.
import assert from "node:assert/strict";
import { test } from "node:test";
import { entryState } from "../../../../static/js/timeline/rows/entry_state.js";

const NOW = Date.UTC(2026, 10, 23, 14, 3, 22);

test("an unsent row says what it waits for", () => {
  const at = { now: () => NOW, connected: () => true, lasting: () => true };
  const words = (entry, more) => entryState({ at: NOW - 400, ...entry }, { ...at, ...more }).words;
  assert.equal(words({ state: "waiting", at: NOW - 399 }), "");
  assert.equal(words({ state: "waiting" }), "Sending");
  assert.equal(words({ state: "waiting" }, { connected: () => false }), "Waiting for the connection. Saved on this device.");
  assert.equal(words({ state: "waiting", until: NOW + 11_500, error: { code: "slow_mode" } }), "Slow mode: sends in 12 s");
  assert.equal(entryState({ state: "waiting", at: NOW - 400 }, at, true).words, "Queued");
  assert.equal(words({ state: "failed", error: { message: "You are muted in this room." } }), "you are muted in this room");
  assert.match(words({ state: "failed", error: { message: "You are muted in this room: spam", until: NOW + 86_400_000 } }), /^you are muted in this room: spam, until tomorrow, /);
  assert.match(words({ state: "held", error: { code: "held", message: "Waiting for a moderator's approval." } }), /Waiting for a moderator/);
});
