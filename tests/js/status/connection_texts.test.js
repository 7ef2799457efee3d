// The texts about the connection.
import assert from "node:assert/strict";
import { test } from "node:test";
import { clock } from "../../../static/js/core/format.js";
import { lineWords } from "../../../static/js/status/connection_texts.js";

const NOW = Date.UTC(2026, 10, 23, 14, 3, 22);
const lost = { state: "lost", lastLive: NOW, rooms: 3, sending: 0, now: NOW };

test("the connection line is live, sending, connecting or lost", () => {
  const line = (more) => { const { words, countdown } = lineWords({ ...lost, nextTry: null, ...more }); return words + countdown; };
  assert.equal(line({ state: "live" }), "Live");
  assert.equal(line({ state: "live", sending: 3 }), "Sending 3");
  assert.equal(line({ state: "connecting" }), "Connecting");
  assert.equal(line({ state: "catching_up" }), "Connecting, catching up on 3 rooms");
  const at = clock(NOW, { seconds: true });
  assert.equal(line({ nextTry: NOW + 7_400 }), `Last live at ${at}, next try in 8 s`);
  assert.equal(line({ nextTry: NOW - 1 }), `Last live at ${at}, trying now`);
  assert.equal(line({ lastLive: null, nextTry: NOW + 1 }), "Not connected, next try in 1 s");
});
