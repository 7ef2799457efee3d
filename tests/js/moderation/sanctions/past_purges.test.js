import assert from "node:assert/strict";
import { test } from "node:test";
import { JSDOM } from "jsdom";

const { window } = new JSDOM('<h2 id="moderate-name" tabindex="-1"></h2><ul id="moderate-purges"></ul><p id="error"><span></span></p>');
globalThis.document = window.document;
const { returned } = await import("../../../../static/js/core/on_return.js");
const { PastPurges, purgeWords } = await import("../../../../static/js/moderation/sanctions/past_purges.js");

const ROOM = { id: 7, slug: "sea" };
const BOB = { id: 2, name: "Bob" };
const PURGE = { purge: 31, count: 12, by: { id: 1, name: "Alice" }, at: 1_800_000_000_000, reason: "adverts" };
const list = window.document.getElementById("moderate-purges");
const settled = () => new Promise((resolve) => { setImmediate(resolve); });

test("a purge is in the person's history and is undone there", async () => {
  const undone = [];
  let found = [PURGE];
  const api = { unpurge: async (room, { purge }) => { undone.push([room.id, purge]); found = []; } };
  const purges = new PastPurges({ api, error: window.document.getElementById("error"), ask: async () => ({ purges: found }) });
  await purges.show(ROOM, BOB);
  assert.match(list.textContent, /12 messages purged by Alice.*adverts.*Undo the purge/);
  list.querySelector("button").click();
  await settled();
  await settled();
  assert.deepEqual(undone, [[7, 31]]);
  assert.equal(list.hidden, true);
});

test("what could not be fetched comes with the connection", async () => {
  let isOffline = true;
  const ask = async () => { if (isOffline) throw new Error("offline"); return { purges: [PURGE] }; };
  await new PastPurges({ api: {}, error: null, ask }).show(ROOM, BOB);
  assert.equal(list.hidden, true);
  isOffline = false;
  returned((act) => act());
  await settled();
  assert.equal(list.hidden, false);
});

test("one message of somebody who is gone", () => {
  assert.equal(purgeWords({ count: 1, by: null, at: 0 }, () => "today"), "1 message purged, today");
});
