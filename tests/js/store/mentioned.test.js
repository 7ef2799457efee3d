// The cases of tests/rules/mentioned.json, as each person's page counts them: bob (2) writes, alice (1) and dora (4) read.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { Blocks } from "../../../static/js/store/blocks.js";
import { RoomState } from "../../../static/js/store/room_state.js";

const cases = JSON.parse(readFileSync(new URL("../../rules/mentioned.json", import.meta.url)));
const FACTS = { id: 7, slug: "sea", name: "sea", kind: "public", topic: "", state: "open", slow_mode: 0 };
const EMPTY = {
  ...FACTS, role: "member", catch_up: "window", messages: [], amendments: [], online: [],
  read: 0, turn: 0, unread: 0, mentions: 0, epoch: "a", seq: 0, rev: 0,
};

for (const { says, mentions, blocked_by, counts_for } of cases) {
  test(`what is said ${says}`, () => {
    const counted = [1, 2, 4].filter((me) => {
      const blocks = new Blocks();
      if (blocked_by.includes(me)) blocks.take([2]);
      const room = Object.assign(new RoomState(FACTS, me), { blocks });
      room.catchUp(EMPTY);
      room.receive({ room: 7, seq: 1, epoch: "a", author: { id: 2 }, text: "x", sent_at: 1, mentions });
      return room.mentions === 1;
    });
    assert.deepEqual(counted, counts_for);
  });
}
