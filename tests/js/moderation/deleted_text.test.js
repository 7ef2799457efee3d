// What a deleted message said comes from the archive, which is a second behind.
import assert from "node:assert/strict";
import { test } from "node:test";
import { archived } from "../../../static/js/moderation/deleted_text.js";

function archive(missing) {
  const said = { asked: 0, paused: 0 };
  const ask = async () => {
    said.asked += 1;
    if (said.asked <= missing) throw new Error("not yet");
    return { text: "Good morning" };
  };
  return Object.assign(said, { answer: () => archived(ask, async () => { said.paused += 1; }) });
}

test("who looks sooner than the archive has it is not sent away", async () => {
  const soon = archive(2);
  assert.deepEqual(await soon.answer(), { text: "Good morning" });
  assert.deepEqual([soon.asked, soon.paused], [3, 2]);
});

test("what is there is not waited for", async () => {
  const there = archive(0);
  await there.answer();
  assert.deepEqual([there.asked, there.paused], [1, 0]);
});

test("what does not come is said after some tries", async () => {
  const never = archive(Infinity);
  await assert.rejects(never.answer());
  assert.deepEqual([never.asked, never.paused], [4, 3]);
});
