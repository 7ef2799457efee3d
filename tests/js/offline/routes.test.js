// What the worker answers for, and what it never touches.
import assert from "node:assert/strict";
import { test } from "node:test";
import { networkFirst } from "../../../static/js/offline/network_first.js";
import { routeOf } from "../../../static/js/offline/routes.js";

const ORIGIN = "https://parley.example";
const scope = { origin: ORIGIN, statics: "/static/1/", files: ["/language/de/1.js"] };
const route = (path, facts = {}) => routeOf({ method: "GET", mode: "navigate", url: new URL(path, ORIGIN).href, ...facts }, scope);

test("the chat's pages, and files that never change, are the worker's business", () => {
  for (const path of ["/", "/rooms/", "/rooms/sea/", "/rooms/sea/42/"]) assert.equal(route(path), "page");
  assert.equal(route("/static/1/js/app.js", { mode: "cors" }), "file");
  assert.equal(route("/language/de/1.js", { mode: "no-cors" }), "file");
});

test("what belongs to a session is not", () => {
  for (const path of ["/admin/", "/accounts/password/change/", "/setup/abc/", "/invited/abc/", "/static/0/js/app.js"]) assert.equal(route(path), null);
  for (const path of ["/rooms/sea/members/", "/search/?q=a", "/people/?q=a"]) assert.equal(route(path, { mode: "cors" }), null);
  assert.equal(route("/rooms/sea/ask/", { method: "POST" }), null);
  assert.equal(route("https://elsewhere.example/"), null);
});

test("every way out is noticed, the admin's too", () => {
  assert.equal(route("/accounts/logout/", { method: "POST" }), "way out");
  assert.equal(route("/admin/logout/", { method: "POST" }), "way out");
  assert.equal(route("/accounts/login/?next=/"), "way out");
});

test("the server's answer comes first, whatever it says", async () => {
  const answer = { status: 404 };
  assert.equal(await networkFirst(async () => answer, async () => "kept"), answer);
});

test("what is kept stands in where nobody answers, a proxy says so, or it takes too long", async () => {
  assert.equal(await networkFirst(async () => { throw new TypeError("no network"); }, async () => "kept"), "kept");
  assert.equal(await networkFirst(async () => ({ status: 502 }), async () => "kept"), "kept");
  let pass;
  const waiting = networkFirst(() => new Promise(() => {}), async () => "kept", { later: (act) => { pass = act; } });
  pass();
  assert.equal(await waiting, "kept");
});

test("where what is kept is worth nothing, a late answer is waited for, and only none at all is replaced", async () => {
  const late = { status: 200 };
  let answer;
  const options = { isWorthIt: async () => false, later: (act) => act() };
  const waiting = networkFirst(() => new Promise((resolve) => { answer = resolve; }), async () => "kept", options);
  await new Promise(setImmediate);
  answer(late);
  assert.equal(await waiting, late);
  assert.equal(await networkFirst(async () => { throw new TypeError("no network"); }, async () => "kept", options), "kept");
});

test("where nothing is kept, a late answer is better than none", async () => {
  const late = { status: 200 };
  assert.equal(await networkFirst(async () => late, async () => null, { later: (act) => act() }), late);
});
