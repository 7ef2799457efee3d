// Members in order.
import assert from "node:assert/strict";
import { test } from "node:test";
import { groupPeople } from "../../../static/js/people/groups.js";

test("people are grouped by presence, then role, then name", () => {
  const member = (id, name, role = "member") => ({ id, name, role });
  const groups = groupPeople([member(1, "Zoe"), member(2, "ada"), member(3, "Mo", "owner"), member(4, "Bea")], new Map([[1, "active"], [2, "active"], [3, "active"], [4, "away"]]));
  assert.deepEqual(groups.active.map(({ id }) => id), [3, 2, 1]);
  assert.deepEqual(groups.away.map(({ id }) => id), [4]);
  assert.deepEqual(groups.offline, []);
});
