// Letters are found by those that people type for them; the server has the same cases.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { fit, fold } from "../../../static/js/core/fuzzy.js";

for (const { written, typed } of JSON.parse(readFileSync(new URL("../../rules/letters.json", import.meta.url), "utf8"))) {
  test(`${typed} finds what was written`, () => assert.equal(fold(written), typed));
}

test("a name is found and marked by such letters", () => assert.deepEqual(fit("lodz", "Łódź").at, [0, 1, 2, 3]));
