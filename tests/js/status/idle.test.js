// When somebody is away.
import assert from "node:assert/strict";
import { test } from "node:test";
import { statusAfter } from "../../../static/js/status/idle.js";

test("idle is away after five minutes, or one in a hidden tab", () => {
  assert.equal(statusAfter(4.9 * 60_000, 0), "active");
  assert.equal(statusAfter(5 * 60_000, 0), "away");
  assert.equal(statusAfter(0, 60_000), "away");
});
