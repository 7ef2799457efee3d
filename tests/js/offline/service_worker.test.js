// The worker behind the pages: a new version's files take the place of the old one's, and nobody finds what another read.
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { IDBFactory } from "fake-indexeddb";
import { LastRead } from "../../../static/js/offline/last_read.js";
import { serve } from "../../../static/js/service_worker.js";

const ORIGIN = "https://parley.example";
const ALICE = { id: 1, handle: "alice", name: "Alice" };
const absolute = (request) => new URL(request.url ?? request, ORIGIN).href;

/** What browsers keep by address; `online` is the server's version, or null while there is none. */
class Caches {
  stores = new Map();
  online = "one";

  async open(name) {
    if (!this.stores.has(name)) this.stores.set(name, new Map());
    const store = this.stores.get(name);
    return {
      addAll: async (requests) => { for (const request of requests) store.set(absolute(request), await this.fetch(request)); },
      match: async (request) => store.get(absolute(request)),
    };
  }

  async keys() { return [...this.stores.keys()]; }
  async delete(name) { return this.stores.delete(name); }

  async fetch(request) {
    if (!this.online) throw new TypeError("Failed to fetch");
    return new Response(`${new URL(absolute(request)).pathname} of ${this.online}`);
  }
}

// What the worker's patience waits for need not hold up the end of the tests.
const later = globalThis.setTimeout;
globalThis.setTimeout = (...act) => later(...act).unref();

beforeEach(() => {
  globalThis.caches = new Caches();
  globalThis.fetch = (request) => caches.fetch(request);
  globalThis.indexedDB = new IDBFactory();
  // Node's own takes no address without a host.
  globalThis.Request = class { constructor(url) { this.url = absolute(url); } };
});

/** A worker as the browser starts one; `tell` it of something, and have what it answers. */
function worker(version) {
  const listeners = new Map();
  globalThis.self = { location: { origin: ORIGIN }, addEventListener: (name, listen) => listeners.set(name, listen) };
  serve({ version, statics: "/static/", shell: "/offline/", files: [`/static/${version}/app.js`] });
  return async (name, request) => {
    let answer = null;
    let work = null;
    listeners.get(name)({ request, waitUntil: (promise) => { work = promise; }, respondWith: (promise) => { answer = promise; } });
    await work;
    return (await answer)?.text();
  };
}

const visit = (path, mode = "navigate") => ({ method: "GET", mode, url: `${ORIGIN}${path}` });

test("a new version brings its own files and shell, and the old one's go with the last tab that used them", async () => {
  const old = worker("one");
  await old("install");
  await old("activate");
  caches.stores.set("of another application", new Map());
  caches.online = "two";
  const fresh = worker("two");
  await fresh("install");

  // The old one's tabs are still open: they find all that they were made of.
  caches.online = null;
  assert.equal(await old("fetch", visit("/static/one/app.js", "cors")), "/static/one/app.js of one");
  assert.equal(await old("fetch", visit("/rooms/sea/")), "/offline/ of one");

  await fresh("activate");
  assert.deepEqual(await caches.keys(), ["of another application", "parley two"]);
  assert.equal(await fresh("fetch", visit("/static/two/app.js", "cors")), "/static/two/app.js of two");
  assert.equal(await fresh("fetch", visit("/rooms/sea/")), "/offline/ of two");
  await assert.rejects(fresh("fetch", visit("/static/one/app.js", "cors")), /Failed to fetch/);
});

test("whose first page comes late is not told to be offline; who has read something reads that meanwhile", async () => {
  const tell = worker("one");
  await tell("install");
  const answers = [];
  globalThis.fetch = () => new Promise((resolve) => { answers.push(resolve); });
  const patience = globalThis.setTimeout;
  globalThis.setTimeout = (act) => { setImmediate(act); };
  try {
    const first = tell("fetch", visit("/rooms/sea/"));
    for (let turn = 0; turn < 20; turn += 1) await new Promise(setImmediate);
    answers[0](new Response("late"));
    assert.equal(await first, "late");
    await new LastRead().save({ page: { me: ALICE }, at: 1, states: [], ids: [] });
    assert.equal(await tell("fetch", visit("/rooms/sea/")), "/offline/ of one");
  } finally {
    globalThis.setTimeout = patience;
  }
});

test("a version that did not come whole takes no place", async () => {
  const old = worker("one");
  await old("install");
  caches.online = null;
  await assert.rejects(worker("two")("install"), /Failed to fetch/);
  assert.equal(await old("fetch", visit("/rooms/sea/")), "/offline/ of one");
});

test("a page of somebody who is there is asked for each time, and never kept", async () => {
  const tell = worker("one");
  await tell("install");
  assert.equal(await tell("fetch", visit("/rooms/sea/")), "/rooms/sea/ of one");
  const kept = [...caches.stores.get("parley one").keys()].map((url) => new URL(url).pathname);
  assert.deepEqual(kept, ["/static/one/app.js", "/offline/"]);
});

for (const door of ["/accounts/login/", "/accounts/logout/", "/accounts/signup/"]) {
  test(`who comes to ${door} finds nothing of whoever was here before`, async () => {
    const store = new LastRead();
    await store.save({ page: { me: ALICE }, at: 1, states: [{ id: 7 }], ids: [7] });
    const tell = worker("one");
    await tell("install");
    await tell("fetch", visit("/rooms/sea/"));
    assert.equal((await store.load()).states.length, 1);
    caches.online = null;
    await tell("fetch", visit(door));
    assert.equal(await store.load(), null);
  });
}
