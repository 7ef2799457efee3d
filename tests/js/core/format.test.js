// Names, avatars, days and times.
import assert from "node:assert/strict";
import { test } from "node:test";
import { ago, badge, dayLabel, dyeOf, initials, listNames } from "../../../static/js/core/format.js";

const NOW = Date.UTC(2026, 10, 23, 14, 3, 22);

test("names, faces, days and counts", () => {
  assert.equal(listNames(["Mei", "Ruth", "Dov", "Ada"]), "Mei, Ruth, and 2 others");
  assert.equal(listNames(["Mei", "Ruth", "Dov"], 3), "Mei, Ruth, and Dov");
  assert.equal(initials("Alva Lindqvist"), "AL");
  assert.equal(initials("نور حدّاد"), "نح");
  assert.equal(initials("mei"), "ME");
  assert.equal(initials("  !! "), "?");
  assert.equal(dyeOf(25), 1);
  assert.equal(badge(100), "99+");
  assert.equal(dayLabel("2026-11-23", "2026-11-23"), "Today");
  assert.equal(dayLabel("2026-11-22", "2026-11-23"), "Yesterday");
  assert.match(dayLabel("2025-03-01", "2026-11-23"), /2025/);
});

test("how long ago something was, as far as it matters", () => {
  const before = (milliseconds) => ago(NOW - milliseconds, NOW, "UTC");
  assert.deepEqual([0, 59_000, 60_000, 59 * 60_000].map(before), ["now", "now", "1 min. ago", "59 min. ago"]);
  assert.deepEqual([60 * 60_000, 14 * 3_600_000, 15 * 3_600_000, 39 * 3_600_000].map(before), ["1 hr. ago", "14 hr. ago", "yesterday", before(39 * 3_600_000)]);
  assert.match(before(5 * 86_400_000), /18/);
  assert.match(before(400 * 86_400_000), /2025/);
});
