// A proxy that accepts WebSockets and carries nothing keeps nobody out.
import assert from "node:assert/strict";
import { test } from "node:test";
import { Transports } from "../../../static/js/connection/transports.js";

function storage() {
  const kept = new Map();
  return { getItem: (key) => kept.get(key) ?? null, setItem: (key, value) => kept.set(key, value), removeItem: (key) => kept.delete(key) };
}

test("after a try that timed out polling comes first, on the tab's next page, too", () => {
  const tab = storage();
  const transports = new Transports(() => tab);
  assert.deepEqual([transports.order, transports.within], [["websocket", "polling"], 5000]);
  transports.failed(new Error("websocket error"));       // refused at once: the library tries the next by itself
  assert.deepEqual(transports.order, ["websocket", "polling"]);
  transports.failed(new Error("timeout"));
  assert.deepEqual([transports.order, transports.within], [["polling", "websocket"], 10_000]);
  assert.deepEqual(new Transports(() => tab).order, ["polling", "websocket"]);
});

test("a WebSocket that answers comes first again", () => {
  const tab = storage();
  const transports = new Transports(() => tab);
  transports.failed(new Error("timeout"));
  transports.upgraded();
  assert.deepEqual([transports.order, new Transports(() => tab).order], [["websocket", "polling"], ["websocket", "polling"]]);
});

test("without storage it is the page that remembers", () => {
  const transports = new Transports(() => { throw new Error("forbidden"); });
  transports.failed(new Error("timeout"));
  assert.deepEqual(transports.order, ["polling", "websocket"]);
  transports.upgraded();
  assert.deepEqual(transports.order, ["websocket", "polling"]);
});
