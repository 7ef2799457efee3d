import assert from "node:assert/strict";
import { test } from "node:test";
import { permalinkIn } from "../../../static/js/timeline/permalinks.js";

const ORIGIN = "https://parley.example";

for (const [text, found] of [
  [`see ${ORIGIN}/rooms/sea/42/ please`, { slug: "sea", seq: 42 }],
  [`${ORIGIN}/rooms/sea/42/`, { slug: "sea", seq: 42 }],
  [`${ORIGIN}/rooms/${encodeURIComponent("küche")}/7/`, { slug: "küche", seq: 7 }],
  ["[there](/rooms/sea/42/)", { slug: "sea", seq: 42 }],
  [`${ORIGIN}/rooms/sea/ and ${ORIGIN}/rooms/sea/3/ and ${ORIGIN}/rooms/land/4/`, { slug: "sea", seq: 3 }],
  ["/rooms/sea/42/", null],
  ["https://evil.example/rooms/sea/42/", null],
  [`${ORIGIN}/rooms/sea/`, null],
  [`${ORIGIN}/rooms/sea/0/`, null],
  [`${ORIGIN}/rooms/%E0%A4%A/1/`, null],
  [`${ORIGIN}/rooms/sea/42`, null],
  ["nothing", null],
]) test(`${text} leads to ${JSON.stringify(found)}`, () => assert.deepEqual(permalinkIn(text, ORIGIN), found));

test("many addresses cost little", () => {
  const began = performance.now();
  permalinkIn("](/rooms/".repeat(900), ORIGIN);
  assert.ok(performance.now() - began < 100);
});
