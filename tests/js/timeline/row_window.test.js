// However long a room is, its page is short.
import assert from "node:assert/strict";
import { test } from "node:test";
import { MOST_ROWS, RowWindow } from "../../../static/js/timeline/row_window.js";

const range = (firstShown, newest) => ({ firstShown, newest });
const size = ({ from, to }) => to - from + 1;

test("a room opens with its newest, and grows with what comes", () => {
  const rows = new RowWindow();
  rows.toEnd(range(1, 1000));
  assert.deepEqual(rows.range(range(1, 1000)), { from: 985, to: 1000 });
  assert.deepEqual(rows.range(range(1, 1003)), { from: 985, to: 1003 });
  assert.equal(rows.reachesEnd(range(1, 1003)), true);
});

test("whoever follows the end sheds what is old; whoever reads further up is not given more below", () => {
  for (const following of [true, false]) {
    const rows = new RowWindow();
    rows.toEnd(range(1, 100));
    for (let newest = 101; newest < 2000; newest++) {
      rows.limit(range(1, newest), following);
      assert.ok(size(rows.range(range(1, newest))) <= MOST_ROWS);
    }
    assert.equal(rows.reachesEnd(range(1, 1999)), following);
    if (!following) assert.equal(rows.range(range(1, 1999)).from, 85);
  }
});

test("through a million messages, up and down again, there are never more rows than the most", () => {
  const all = range(1, 1_000_000);
  const rows = new RowWindow();
  rows.around(500_000, all);
  assert.equal(rows.reachesEnd(all), false);
  for (let step = 0; step < 200; step++) { rows.older(all); assert.ok(size(rows.range(all)) <= MOST_ROWS); }
  const { from } = rows.range(all);
  assert.ok(from < 499_000);
  while (rows.newer(range(1, 501_000))) assert.ok(size(rows.range(all)) <= MOST_ROWS || rows.reachesEnd(range(1, 501_000)));
  assert.equal(rows.reachesEnd(range(1, 501_000)), true);
  assert.equal(rows.older(range(from, 501_000)), true);
});

test("there is nothing above the first and nothing below the last", () => {
  const rows = new RowWindow();
  rows.toEnd(range(1, 16));
  assert.equal(rows.older(range(1, 16)), false);
  assert.equal(rows.newer(range(1, 16)), false);
  assert.deepEqual(rows.range(range(1, 16)), { from: 1, to: 16 });
});

test("a room that begins again with lower numbers shows its end", () => {
  const rows = new RowWindow();
  rows.toEnd(range(900, 1000));
  rows.limit(range(1, 16), false);
  assert.deepEqual(rows.range(range(1, 16)), { from: 1, to: 16 });
});
