import assert from "node:assert/strict";
import { test } from "node:test";
import { attention, calls, notifiesMe, listAppearance } from "../../../static/js/rooms/attention.js";

const room = (more) => ({ kind: "public", level: "mentions", muted: false, unread: 0, mentions: 0, ...more });

test("weight says unread, saffron says you", () => {
  assert.deepEqual(listAppearance(room()), { heavy: false, count: 0, badge: false });
  assert.deepEqual(listAppearance(room({ unread: 12 })), { heavy: true, count: 12, badge: false });
  assert.deepEqual(listAppearance(room({ unread: 12, mentions: 2 })), { heavy: true, count: 2, badge: true });
  assert.deepEqual(listAppearance(room({ kind: "direct", unread: 3 })), { heavy: true, count: 3, badge: true });
});

test("a muted room whispers, but for my name", () => {
  assert.deepEqual(listAppearance(room({ muted: true, unread: 12 })), { heavy: false, count: 0, badge: false });
  assert.deepEqual(listAppearance(room({ muted: true, unread: 12, mentions: 1 })), { heavy: false, count: 1, badge: true });
  assert.deepEqual(listAppearance(room({ kind: "direct", muted: true, unread: 3 })), { heavy: false, count: 0, badge: false });
});

test("the title counts what I want to be told", () => {
  const busy = { unread: 12, mentions: 2 };
  assert.deepEqual(["all", "mentions", "nothing"].map((level) => calls(room({ level, ...busy }))), [12, 2, 0]);
  assert.equal(calls(room({ level: "all", muted: true, ...busy })), 0);
});

test("all rooms together", () => {
  assert.deepEqual(attention([room(), room()]), { calls: 0, unread: 0 });
  assert.deepEqual(attention([room({ unread: 4 }), room({ muted: true, unread: 9 })]), { calls: 0, unread: 4 });
  assert.deepEqual(attention([room({ unread: 4, mentions: 1 }), room({ level: "all", unread: 2 })]), { calls: 3, unread: 6 });
  assert.deepEqual(attention([room({ muted: true, unread: 9 })]), { calls: 0, unread: 0 });
});

test("a message is told by the room's level, and never one's own", () => {
  const said = { author: { id: 2 }, mentions: [1] };
  const told = (more, message) => notifiesMe(room(more), { ...said, ...message }, 1);
  assert.equal(told({}), true);
  assert.equal(told({}, { mentions: [0] }), true);
  assert.equal(told({}, { mentions: [3] }), false);
  assert.equal(told({}, { mentions: undefined }), false);
  assert.equal(told({ level: "all" }, { mentions: undefined }), true);
  assert.equal(told({ level: "nothing" }), false);
  assert.equal(told({ level: "all", muted: true }), false);
  assert.equal(told({ level: "all" }, { author: { id: 1 } }), false);
});
