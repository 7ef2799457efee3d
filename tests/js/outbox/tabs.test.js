// Several tabs of one browser, on a real (if fake) IndexedDB.
import "fake-indexeddb/auto";
import assert from "node:assert/strict";
import { test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import { Journal } from "../../../static/js/outbox/journal.js";
import { IndexedStorage } from "../../../static/js/outbox/storage.js";
import { Tabs } from "../../../static/js/outbox/tabs.js";
import { channels, Clock, Locks, openTab } from "./stage.js";

let people = 100;

/** A browser in which somebody opens tabs. */
function browser(userId = ++people) {
  const shared = { locks: new Locks(), Channel: channels() };
  const clock = new Clock();
  return (user = userId) => openTab({ clock, storage: new IndexedStorage(user), tabs: new Tabs(`outbox ${user}`, shared) });
}
const texts = ({ outbox }) => outbox.entriesOf(7).map(({ text }) => text);
const states = ({ outbox }) => outbox.entriesOf(7).map(({ state }) => state);

/** Until it is so: the database answers when it likes. */
async function until(is, words = "not in time") {
  for (let tries = 0; tries < 400; tries++) {
    if (is()) return;
    await pause(5);
  }
  assert.fail(words);
}

test("what is written in one tab is seen in the other, in the order of writing", async () => {
  const open = browser();
  const [one, other] = [open(), open()];
  one.outbox.add(7, "first");
  await until(() => texts(other).length === 1);
  other.outbox.add(7, "second");
  await until(() => texts(one).length === 2);
  assert.deepEqual(texts(one), ["first", "second"]);
});

test("two connected tabs send each message once", async () => {
  const open = browser();
  const tabs = [open(), open(), open()];
  for (const { outbox } of tabs) outbox.connected();
  for (const text of ["a", "b", "c"]) tabs[0].outbox.add(7, text);
  const sent = () => tabs.flatMap((tab) => tab.sent);
  for (let count = 1; count <= 3; count++) {
    await until(() => sent().length === count);
    sent().find(({ done }) => !done).resolve({ ok: true, seq: count, epoch: "a" });
    sent().forEach((entry) => { entry.done = true; });
  }
  await until(() => tabs.every((tab) => states(tab).join() === "sent,sent,sent"));
  assert.equal(sent().length, 3);
  assert.deepEqual(new Set(sent().map(({ text }) => text)), new Set(["a", "b", "c"]));
});

test("a tab without a connection is helped by one that has it", async () => {
  const open = browser();
  const [offline, online] = [open(), open()];
  online.outbox.connected();
  offline.outbox.add(7, "help");
  await until(() => online.sent.length === 1);
  online.sent[0].resolve({ ok: true, seq: 1, epoch: "a" });
  await until(() => states(offline).join() === "sent");
  assert.equal(offline.sent.length, 0);
});

test("another tab takes over when the first loses its connection", async () => {
  const open = browser();
  const [one, other] = [open(), open()];
  one.outbox.connected();
  one.outbox.add(7, "on and on");
  await until(() => one.sent.length === 1);
  other.outbox.connected();
  await until(() => texts(other).length === 1);
  assert.equal(other.sent.length, 0);
  one.outbox.disconnected();
  await until(() => other.sent.length === 1);
  assert.equal(other.sent[0].client_id, one.sent[0].client_id);
});

test("a discard in one tab stops the other", async () => {
  const open = browser();
  const [one, other] = [open(), open()];
  const { client_id } = one.outbox.add(7, "no");
  await until(() => texts(other).length === 1);
  other.outbox.discard(client_id);
  await until(() => texts(one).length === 0);
  one.outbox.connected();
  await pause(30);
  assert.equal(one.sent.length, 0);
});

test("a closed tab's messages are there for the next one", async () => {
  const open = browser();
  open().outbox.add(7, "kept");
  await pause(30);
  const next = open();
  next.outbox.connected();
  await next.outbox.restore();
  await until(() => next.sent.length === 1);
});

test("nobody's messages are sent as anybody else's", async () => {
  const open = browser();
  open().outbox.add(7, "mine");
  await pause(30);
  const stranger = open(++people);
  stranger.outbox.connected();
  await stranger.outbox.restore();
  await pause(30);
  assert.deepEqual(texts(stranger), []);
  assert.equal(stranger.sent.length, 0);
});

test("a browser that keeps nothing is told apart from one that does", async () => {
  const refused = new IndexedStorage(1, { open() { throw new DOMException("no", "SecurityError"); } });
  assert.equal(await refused.load(), null);
  await refused.put({ client_id: "x" });
  assert.equal(refused.lasting, false);
  assert.equal(new IndexedStorage(2).lasting, true);
});

/** Short texts as the tabs of one browser share them: a change in one is an event in the others. */
function textStorage() {
  const texts = new Map();
  const pages = [];
  return () => {
    const page = new EventTarget();
    pages.push(page);
    const tell = (key, newValue) => pages.filter((other) => other !== page).forEach((other) => other.dispatchEvent(Object.assign(new Event("storage"), { key, newValue })));
    return [{
      get: (key) => texts.get(key) ?? null, keys: () => [...texts.keys()],
      set: (key, text) => { texts.set(key, text); tell(key, text); }, remove: (key) => { texts.delete(key); tell(key, null); },
    }, page];
  };
}

test("a tab that is closed right after Enter takes no message with it", async () => {
  const [texts, shared] = [textStorage(), { locks: new Locks(), Channel: channels() }];
  const open = (factory) => openTab({ storage: new IndexedStorage(1, factory, new Journal(1, ...texts())), tabs: new Tabs("outbox 1", shared) });
  const [closed, other] = [open({ open: () => ({}) }), open(indexedDB)];     // its database never answers any more
  closed.outbox.add(7, "goodbye");
  other.outbox.connected();
  await until(() => other.sent.length === 1);
  assert.equal(other.sent[0].text, "goodbye");

  const later = open(indexedDB);        // no tab was open: so it is there when one is
  await later.outbox.restore();
  assert.deepEqual(states(later), ["waiting"]);
  other.sent[0].resolve({ ok: true, seq: 1, epoch: "a" });
  await until(() => states(later)[0] === "sent");
});

test("what the database has is in the journal no longer, and what was discarded is nowhere", async () => {
  const [storage, page] = textStorage()();
  const { outbox } = openTab({ storage: new IndexedStorage(++people, indexedDB, new Journal(people, storage, page)) });
  const kept = outbox.add(7, "kept");
  assert.equal(storage.keys().length, 1);
  await until(() => !storage.keys().length);
  outbox.discard(kept.client_id);
  assert.deepEqual(storage.keys(), []);
});
