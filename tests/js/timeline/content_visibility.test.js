// A row may be left out by the browser only once its height was seen.
import assert from "node:assert/strict";
import { test } from "node:test";
import { skipOutOfSight } from "../../../static/js/timeline/content_visibility.js";

test("a message's row settles after the frame that drew it, and not before; a day never does", (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const frames = [];
  globalThis.requestAnimationFrame = (act) => frames.push(act);
  t.after(() => delete globalThis.requestAnimationFrame);
  const nodes = ["day", "row", "row"].map((kind) => ({ classList: classes(kind) }));
  const settled = () => nodes.map(({ classList }) => classList.has("row--settled"));

  skipOutOfSight(nodes);
  t.mock.timers.tick(10_000);
  assert.deepEqual(settled(), [false, false, false], "a hidden page has no frames");

  frames.shift()();
  assert.deepEqual(settled(), [false, false, false], "the frame is not drawn yet");

  t.mock.timers.tick(0);
  assert.deepEqual(settled(), [false, true, true]);

  skipOutOfSight([]);
  assert.equal(frames.length, 0);
});

function classes(first) {
  return Object.assign(new Set([first]), { contains(name) { return this.has(name); } });
}
