// The cases of tests/rules/writers.json, as the page decides them from what the server sends.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { whyClosed } from "../../../static/js/composer/may_write.js";
import { allowed } from "../../../static/js/message_actions/allowed.js";
import { mayEdit, mayWrite } from "../../../static/js/store/room_rules.js";

const cases = JSON.parse(readFileSync(new URL("../../rules/writers.json", import.meta.url)));
const ME = { id: 1 };

for (const { state, role, writers, editors, writes, edits } of cases) {
  test(`${state}: what a ${role} may do`, () => {
    const room = { state, role, writers, editors };
    assert.equal(mayWrite(room), writes);
    assert.equal(mayEdit(room), edits);
    assert.equal(whyClosed(room) === null, writes);
    const message = { seq: 1, kind: "text", author: ME };
    const { reply, edit, react } = allowed(message, room, ME);
    assert.deepEqual({ reply, edit, react }, { reply: edits && writes, edit: edits, react: edits });
  });
}

test("outside nobody writes", () => {
  assert.equal(mayWrite({ role: null, writers: "everyone" }), false);
});
