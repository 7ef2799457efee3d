import assert from "node:assert/strict";
import { test } from "node:test";
import { ROOMS_PER_PIECE, syncInPieces, WHOLE_ROOMS, wholeRooms } from "../../../static/js/store/sync_pieces.js";

function positionsOf(count) {
  return Object.fromEntries(Array.from({ length: count }, (_, index) => [index + 1, { epoch: "a", seq: index, rev: 0 }]));
}

/** A server with rooms 1 to `count` of ours. */
function server(count) {
  const asked = [];
  const request = async (payload) => {
    asked.push(payload);
    assert.ok(Object.keys(payload.rooms).length <= ROOMS_PER_PIECE);
    const named = Object.keys(payload.rooms).map(Number);
    const mine = Array.from({ length: count }, (_, index) => index + 1);
    const answered = payload.only ? named : mine.filter((id) => !payload.known?.includes(id));
    return { ok: true, me: { id: 1 }, rooms: answered.filter((id) => id <= count).map((id) => ({ id })) };
  };
  return { asked, request };
}

test("a thousand rooms are one request, as they always were", async () => {
  const { asked, request } = server(1000);
  const ack = await syncInPieces(positionsOf(1000), request);
  assert.deepEqual(asked, [{ rooms: positionsOf(1000) }]);
  assert.equal(ack.rooms.length, 1000);
});

test("the first sync names no room and gets all", async () => {
  const { asked, request } = server(3);
  assert.deepEqual((await syncInPieces({}, request)).rooms.map(({ id }) => id), [1, 2, 3]);
  assert.deepEqual(asked, [{ rooms: {} }]);
});

test("more rooms come in pieces, each once, and a new one with the last", async () => {
  const { asked, request } = server(2502);
  const ack = await syncInPieces(positionsOf(2501), request);
  assert.equal(asked.length, 3);
  assert.deepEqual(ack.rooms.map(({ id }) => id).sort((a, b) => a - b), Array.from({ length: 2502 }, (_, index) => index + 1));
  assert.equal(ack.me.id, 1);
});

test("a piece that fails fails the sync, which is asked for again as a whole", async () => {
  await assert.rejects(syncInPieces(positionsOf(1001), async () => { throw { code: "unavailable" }; }), { code: "unavailable" });
});

test("in a few rooms all come whole, in many the room in sight, in every piece", async () => {
  assert.deepEqual(wholeRooms(WHOLE_ROOMS, 7), {});
  assert.deepEqual(wholeRooms(WHOLE_ROOMS + 1, 7), { whole: [7] });
  assert.deepEqual(wholeRooms(WHOLE_ROOMS + 1, null), { whole: [] });
  const { asked, request } = server(2501);
  await syncInPieces(positionsOf(2501), request, { whole: [7] });
  assert.deepEqual(asked.map(({ whole }) => whole), [[7], [7], [7]]);
});
