// What is asked of the server beside the socket.
import assert from "node:assert/strict";
import { afterEach, test } from "node:test";
import { ask, askRoom } from "../../../static/js/core/api.js";

const { fetch } = globalThis;
afterEach(() => { globalThis.fetch = fetch; });

test("a room's parts are asked for by its name, as JSON", async () => {
  const asked = [];
  globalThis.fetch = async (path, { headers }) => { asked.push(path, headers.Accept); return { ok: true, json: async () => ({ words: [] }) }; };
  assert.deepEqual(await askRoom({ slug: "été" }, "words/"), { words: [] });
  assert.deepEqual(asked, ["/rooms/%C3%A9t%C3%A9/words/", "application/json"]);
});

test("what is refused, or led elsewhere as to the log-in, is no answer", async () => {
  for (const answer of [{ ok: false, status: 404 }, { ok: true, redirected: true }]) {
    globalThis.fetch = async () => answer;
    await assert.rejects(ask("/reports/"), /search failed/);
  }
});
