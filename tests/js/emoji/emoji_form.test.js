// The cases of tests/rules/emoji.json: the page offers each emoji in the form that the server stores, so that one reaction is one.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { AT_HAND, isDrawn, OFFERED, QUICK } from "../../../static/js/emoji/pictures.js";

const rules = JSON.parse(readFileSync(new URL("../../rules/emoji.json", import.meta.url)));

test("the emoji offered first are those of the cases", () => {
  assert.deepEqual([...OFFERED.keys()], rules.offered);
  for (const emoji of [...QUICK, ...AT_HAND]) assert.ok(rules.offered.includes(emoji), emoji);
});

test("a drawing is found by the stored form alone", () => {
  for (const { typed, stored } of rules.forms) {
    if (typed !== stored) assert.equal(isDrawn(typed), false);
  }
  assert.ok(isDrawn("❤\ufe0f"));
});
