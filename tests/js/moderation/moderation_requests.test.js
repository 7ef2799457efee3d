import assert from "node:assert/strict";
import { test } from "node:test";

import { ModerationApi } from "../../../static/js/moderation/moderation_requests.js";

test("what is deleted, restored or reported is named with its epoch, so that no other message of its number is meant", async () => {
  const asked = [];
  const api = new ModerationApi(async (event, payload) => asked.push([event, payload]));
  const message = { room: 7, seq: 3, epoch: "e", text: "spam" };
  await api.remove(message, "spam");
  await api.restore(message);
  await api.report(message, "rude");
  assert.deepEqual(asked, [
    ["delete", { room: 7, seq: 3, epoch: "e", reason: "spam" }],
    ["restore", { room: 7, seq: 3, epoch: "e" }],
    ["report", { room: 7, seq: 3, epoch: "e", reason: "rude" }],
  ]);
});
