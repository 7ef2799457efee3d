import assert from "node:assert/strict";
import { test } from "node:test";
import { setImmediate as turn } from "node:timers/promises";
import { CatchUp } from "../../../static/js/store/catch_up.js";

function build({ fail = 0 } = {}) {
  const seen = [];
  const asks = [];
  let failures = fail;
  const catchUp = new CatchUp({
    ask: () => new Promise((resolve, reject) => {
      if (failures-- > 0) reject({ code: "unavailable" });
      else asks.push(resolve);
    }),
    apply: (ack) => seen.push(ack),
    replay: (event, payload) => seen.push([event, payload]),
    now: () => 1_000_000 * asks.length,
    wait: () => Promise.resolve(),
  });
  return { catchUp, asks, seen };
}

test("one gap or ten are one sync", async () => {
  const { catchUp, asks } = build();
  for (let gap = 0; gap < 10; gap++) catchUp.need();
  await turn();
  assert.equal(asks.length, 1);
});

test("what comes during a sync is replayed after its answer, in order", async () => {
  const { catchUp, asks, seen } = build();
  catchUp.need();
  await turn();
  assert.equal(catchUp.hold("message", 1), true);
  assert.equal(catchUp.hold("message", 2), true);
  asks[0]("answer");
  await turn();
  assert.deepEqual(seen, ["answer", ["message", 1], ["message", 2]]);
  assert.equal(catchUp.hold("message", 3), false);
});

test("what came before a sync was asked for is told by its answer and not replayed", async () => {
  const { catchUp, asks, seen } = build({ fail: 1 });
  catchUp.need();
  catchUp.hold("head", "before the second try");
  catchUp.hold("presence", "not told by a sync");
  await turn();
  catchUp.hold("message", "after it");
  asks[0]("answer");
  await turn();
  assert.deepEqual(seen, ["answer", ["presence", "not told by a sync"], ["message", "after it"]]);
});

test("a new connection forgets the sync and the events of the old one", async () => {
  const { catchUp, asks, seen } = build();
  catchUp.start();
  await turn();
  catchUp.hold("message", "of the old connection");
  catchUp.start();
  await turn();
  asks[0]("old");
  asks[1]("new");
  await turn();
  assert.deepEqual(seen, ["new"]);
});

test("a sync that fails is tried again", async () => {
  const { catchUp, asks, seen } = build({ fail: 3 });
  catchUp.need();
  for (let turns = 0; turns < 5; turns++) await turn();
  asks[0]("answer");
  await turn();
  assert.deepEqual(seen, ["answer"]);
});

test("a gap that a replayed event shows starts another sync, which holds the rest", async () => {
  const { catchUp, asks, seen } = build();
  catchUp.replay = (event, payload) => {
    if (catchUp.hold(event, payload)) return;
    seen.push(payload);
    if (payload === "gap") catchUp.need();
  };
  catchUp.need();
  await turn();
  for (const payload of ["fine", "gap", "after"]) catchUp.hold("message", payload);
  asks[0]("first");
  await turn();
  assert.deepEqual(seen, ["first", "fine", "gap"]);
  asks[1]("second");
  await turn();
  assert.deepEqual(seen, ["first", "fine", "gap", "second", "after"]);
});
