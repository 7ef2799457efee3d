// Times are shown in one notation everywhere, and follow the clock: its zone, and midnight.
import assert from "node:assert/strict";
import { afterEach, test } from "node:test";
import { JSDOM } from "jsdom";
import { clock, dayOf, fullTime, shortTime, timeOfDay } from "../../../static/js/core/format.js";
import { hoursOf, TimeNotation, timeNotation } from "../../../static/js/core/time_notation.js";

const { window } = new JSDOM("", { url: "http://localhost/" });
Object.assign(globalThis, { document: window.document, location: window.location });
const { dayRow, noticeRow } = await import("../../../static/js/timeline/rows/other_rows.js");

const NOON = Date.UTC(2026, 10, 23, 12, 5, 9);
const zone = process.env.TZ;

function notation(now = () => new Date(NOON)) {
  const kept = new Map();
  const storage = { getItem: (key) => kept.get(key) ?? null, setItem: (key, value) => kept.set(key, value), removeItem: (key) => kept.delete(key) };
  return { made: new TimeNotation({ storage: () => storage, now }), again: () => new TimeNotation({ storage: () => storage, now }) };
}

afterEach(() => {
  timeNotation.choose("");
  if (zone === undefined) delete process.env.TZ;
  else process.env.TZ = zone;
  timeNotation.look();
});

test("a region writes 12 or 24 hours, and a choice goes before it", () => {
  assert.deepEqual(["en-US", "en-GB", "de", "de-AT", undefined].map(hoursOf), [12, 24, 24, 24, 24]);
  const { made, again } = notation();
  made.choose("12");
  assert.deepEqual([made.hours, again().hours], [12, 12]);
  made.choose("");
  assert.deepEqual([made.hours, again().chosen], [24, ""]);
});

test("pages that the server draws learn it by a cookie", () => {
  notation().made.choose("12");
  assert.match(document.cookie, /(?:^|; )hours=12(?:;|$)/);
});

test("every time is in the same notation: rows, tooltips, lists, hours of the day", () => {
  const all = () => [clock(NOON, { zone: "UTC" }), clock(NOON, { zone: "UTC", seconds: true }), fullTime(NOON, "UTC"), shortTime(NOON, "UTC"), timeOfDay("22:00")];
  for (const text of all()) assert.doesNotMatch(text, /[AP]M/i);
  assert.deepEqual([all()[0], all()[1], all()[4]], ["12:05", "12:05:09", "22:00"]);
  timeNotation.choose("12");
  for (const text of all()) assert.match(text, /\bPM$/i);
  assert.match(timeOfDay("22:00"), /^10:00\sPM$/);
});

test("midnight is a change, once", () => {
  let now = new Date(2026, 10, 23, 23, 59, 59);
  const { made } = notation(() => now);
  const changes = [];
  made.on("change", () => changes.push(made.version));
  made.look();
  now = new Date(2026, 10, 24, 0, 0, 0);
  made.look();
  made.look();
  assert.deepEqual(changes, [1]);
});

test("another zone is a change, and times are those of the new one", () => {
  process.env.TZ = "UTC";
  timeNotation.look();
  assert.deepEqual([clock(NOON), dayOf(NOON)], ["12:05", "2026-11-23"]);
  process.env.TZ = "Pacific/Kiritimati";
  timeNotation.look();
  assert.deepEqual([clock(NOON), dayOf(NOON)], ["02:05", "2026-11-24"]);
});

test("a day's row and a notice of the room say it anew where they stand", (t) => {
  t.mock.timers.enable({ apis: ["Date"], now: NOON });
  const day = dayRow({ day: dayOf(NOON) });
  day.update();
  assert.equal(day.node.textContent, "Today");
  t.mock.timers.setTime(NOON + 86_400_000);
  day.update();
  assert.equal(day.node.textContent, "Yesterday");
  const notice = noticeRow({ message: { seq: 1, sent_at: NOON, author: { name: "Ada" }, text: "joined." } });
  timeNotation.choose("12");
  notice.update();
  assert.match(notice.node.textContent, /PM$/);
});
