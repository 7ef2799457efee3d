// The addresses of rooms and messages.
import assert from "node:assert/strict";
import { test } from "node:test";
import { parse } from "../../../static/js/core/address.js";

test("addresses", () => {
  assert.deepEqual(parse("/"), { slug: null });
  assert.deepEqual(parse("/rooms/m%C3%A9t%C3%A9o/"), { slug: "météo", seq: null });
  assert.deepEqual(parse("/rooms/sea/42/"), { slug: "sea", seq: 42 });
  for (const path of ["/rooms/", "/rooms/sea/members/", "/admin/", "/rooms/%E0%A4%A/"]) assert.deepEqual(parse(path), {});
});
