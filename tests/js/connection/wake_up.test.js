import assert from "node:assert/strict";
import { test } from "node:test";
import { slept } from "../../../static/js/connection/wake_up.js";

test("a clock that jumped tells of sleep, a hidden tab's slow one does not", () => {
  assert.equal(slept(1_050, false), false);
  assert.equal(slept(5_900, false), false);
  assert.equal(slept(60_000, false), true);
  assert.equal(slept(60_000, true), false);
});
