import assert from "node:assert/strict";
import { test } from "node:test";
import { returned } from "../../../static/js/core/on_return.js";
import { People } from "../../../static/js/store/people.js";

const ROOM = { id: 7, slug: "general" };
const BOB = { id: 2, handle: "bob", name: "Bob", role: "member" };

test("members of a room that was opened while offline come with the connection", async () => {
  let isOffline = true;
  const people = new People(async () => { if (isOffline) throw new Error("offline"); return [BOB]; });
  await people.refresh(ROOM);
  assert.equal(people.membersOf(7), null);
  isOffline = false;
  const arrived = new Promise((resolve) => { people.on("members", resolve); });
  returned((act) => act());
  assert.equal(await arrived, 7);
  assert.deepEqual(people.membersOf(7), [BOB]);
  assert.equal(people.memberBy(7, "bob"), BOB);
});
