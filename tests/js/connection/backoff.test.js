// When the next attempt to connect comes.
import assert from "node:assert/strict";
import { test } from "node:test";
import { nextDelay, spreadDelay } from "../../../static/js/connection/backoff.js";

test("waits grow, are spread, and end at fifteen seconds", () => {
  assert.equal(nextDelay(0, () => 1), 500);
  assert.equal(nextDelay(2, () => 0), 1000);
  assert.equal(nextDelay(50, () => 1), 15_000);
});

test("a server that restarts is come back to at a random moment of the time it names, and never much later", () => {
  assert.equal(spreadDelay(0, () => 1), 0);
  assert.equal(spreadDelay(10_000, () => 0.25), 2500);
  assert.equal(spreadDelay(1e12, () => 1), 60_000);
  assert.equal(spreadDelay(undefined, () => 1), 0);
});
