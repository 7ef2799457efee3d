import assert from "node:assert/strict";
import { test } from "node:test";
import { onReturn, returned } from "../../../static/js/core/on_return.js";

const now = (act) => act();

test("what failed is done again once, when the connection returns", () => {
  const done = [];
  onReturn("a", () => done.push("a"));
  onReturn("b", () => done.push("b"));
  onReturn("a", () => done.push("a, asked for later"));
  returned(now);
  returned(now);
  assert.deepEqual(done, ["a, asked for later", "b"]);
});

test("what fails again waits for the next return", () => {
  let tries = 0;
  const fail = () => { tries += 1; onReturn("a", fail); };
  fail();
  returned(now);
  assert.equal(tries, 2);
  returned(now);
  assert.equal(tries, 3);
});
