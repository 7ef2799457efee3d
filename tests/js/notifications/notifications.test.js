// Who is called, by which tab, and when nobody is.
import assert from "node:assert/strict";
import { test } from "node:test";
import { setImmediate as turn } from "node:timers/promises";
import { JSDOM } from "jsdom";
import { announcementOf, Desktop } from "../../../static/js/notifications/desktop.js";
import { Notifier } from "../../../static/js/notifications/notifier.js";
import { isQuiet } from "../../../static/js/store/quiet_hours.js";
import { tabTitle } from "../../../static/js/notifications/tab_mark.js";
import { OneTab } from "../../../static/js/notifications/one_tab.js";

globalThis.document = new JSDOM("").window.document;

const ME = { id: 1, name: "Mei" };
const at = (hours, minutes = 0) => new Date(2026, 10, 23, hours, minutes);

test("quiet hours may go past midnight", () => {
  const night = { quiet: true, from: "22:00", to: "07:00" };
  assert.deepEqual([21, 22, 0, 6, 7, 12].map((hour) => isQuiet(night, at(hour))), [false, true, true, true, false, false]);
  assert.equal(isQuiet(night, at(6, 59)), true);
  const lunch = { quiet: true, from: "12:30", to: "13:15" };
  assert.deepEqual([at(12, 29), at(12, 30), at(13, 14), at(13, 15)].map((time) => isQuiet(lunch, time)), [false, true, true, false]);
  assert.equal(isQuiet({ ...night, quiet: false }, at(23)), false);
  assert.equal(isQuiet({ quiet: true, from: "08:00", to: "08:00" }, at(8)), false);
});

test("the title counts to 99", () => {
  assert.deepEqual([0, 3, 99, 100].map((calls) => tabTitle("Parley", calls)), ["Parley", "(3) Parley", "(99) Parley", "(99+) Parley"]);
});

test("a notification says who and where", () => {
  const message = { author: { name: "Ruth" }, text: "Lunch?" };
  assert.deepEqual(announcementOf(message, { sign: "#kitchen", alone: false }), { title: "Ruth in #kitchen", text: "Lunch?" });
  assert.equal(announcementOf(message, { sign: "Ruth", alone: true }).title, "Ruth");
});

/** The browser's locks, as far as they are needed: shared and exclusive ones, asked for and let go. */
class Locks {
  held = [];
  async query() { return { held: this.held.map(({ name }) => ({ name })) }; }
  async request(name, options, act) {
    const taken = this.held.some((lock) => lock.name === name && (options.mode !== "shared" || lock.mode !== "shared"));
    if (taken && options.ifAvailable) return act(null);
    const lock = { name, mode: options.mode };
    this.held.push(lock);
    return Promise.resolve(act(lock)).finally(() => { this.held = this.held.filter((other) => other !== lock); });
  }
}

test("a room that is looked at in one tab is known to all, as long as it is", async () => {
  const locks = new Locks();
  const [one, two] = [new OneTab({ locks }), new OneTab({ locks })];
  one.look(7);
  assert.deepEqual([await one.isLookedAt(7), await two.isLookedAt(7), await two.isLookedAt(8)], [true, true, false]);
  two.look(7);
  one.look(8);
  await turn();
  assert.deepEqual([await one.isLookedAt(7), await two.isLookedAt(8)], [true, true]);
  one.look(null);
  two.look(null);
  await turn();
  assert.equal(await one.isLookedAt(7), false);
});

test("one of the tabs tells of a message, and with or without locks not twice", async () => {
  const locks = new Locks();
  const storage = { kept: {}, getItem(key) { return this.kept[key] ?? null; }, setItem(key, text) { this.kept[key] = text; } };
  for (const means of [{ locks, hold: 5 }, { locks: null, storage }]) {
    const tabs = [new OneTab(means), new OneTab(means), new OneTab(means)];
    const claims = await Promise.all(tabs.map((tab) => tab.claim({ room: 7, seq: 4 })));
    assert.deepEqual(claims.filter(Boolean).length, 1);
    assert.equal(await tabs[0].claim({ room: 7, seq: 5 }), true);
  }
});

function house({ preferences = {}, looking = null, level = "mentions" } = {}) {
  const told = [];
  const due = [];
  const room = { id: 7, kind: "public", level, muted: false, read: 0, said: new Map(), at(seq) { return this.said.get(seq) ?? null; } };
  const tabs = new OneTab({ locks: new Locks(), hold: 5 });
  tabs.look(looking);
  const notifier = new Notifier({
    me: ME, tabs, preferences: { now: { sound: true, desktop: true, quiet: false, ...preferences } },
    sound: { play: () => told.push("sound") }, desktop: { show: (_room, { title }, opened) => { told.push(title); opened(); } },
  }, { describe: (_room, { text }) => ({ title: text }), go: (_room, seq) => told.push(`go ${seq}`) }, { now: () => at(23), later: (act) => due.push(act) });
  const say = (seq, more = {}) => {
    const message = { room: 7, seq, text: `${seq}`, author: { id: 2 }, mentions: [ME.id], ...more };
    room.said.set(seq, message);
    notifier.came(room, [message]);
    return message;
  };
  const later = async () => { while (due.length) await due.shift()(); for (let turns = 0; turns < 5; turns++) await turn(); return told.splice(0); };
  return { room, say, later };
}

test("my name calls me, by a sound and outside the page, and a press leads there", async () => {
  const { say, later } = house();
  say(1);
  assert.deepEqual(await later(), ["1", "go 1", "sound"]);
});

test("each way is off until it is wanted", async () => {
  const only = async (preferences) => { const { say, later } = house({ preferences }); say(1); return later(); };
  assert.deepEqual(await only({ sound: false }), ["1", "go 1"]);
  assert.deepEqual(await only({ desktop: false }), ["sound"]);
  assert.deepEqual(await only({ sound: false, desktop: false }), []);
});

test("nobody is called for what is not for them, is read by then, deleted, looked at, or said in quiet hours", async () => {
  const none = async (options, more, then = () => {}) => { const made = house(options); made.say(1, more); then(made.room); return made.later(); };
  assert.deepEqual(await none({}, { mentions: [] }), []);
  assert.deepEqual(await none({ level: "nothing" }, {}), []);
  assert.deepEqual(await none({}, { author: ME }), []);
  assert.deepEqual(await none({}, {}, (room) => { room.read = 1; }), []);
  assert.deepEqual(await none({}, {}, (room) => { room.said.set(1, { ...room.at(1), deleted: true }); }), []);
  assert.deepEqual(await none({}, {}, (room) => { room.muted = true; }), []);
  assert.deepEqual(await none({ looking: 7 }, {}), []);
  assert.deepEqual(await none({ preferences: { quiet: true, from: "22:00", to: "07:00" } }, {}), []);
  assert.equal((await none({ looking: 8 }, {})).length, 3);
});

test("a notification is closed when its room is read, and not shown without permission", () => {
  const open = [];
  class Notification {
    static permission = "granted";
    constructor(title) { open.push(title); this.close = () => open.splice(open.indexOf(title), 1); }
  }
  const desktop = new Desktop({ Notification });
  desktop.show({ id: 7 }, { title: "Ruth", text: "x" }, () => {});
  assert.deepEqual(open, ["Ruth"]);
  desktop.clear({ id: 8 });
  assert.deepEqual(open, ["Ruth"]);
  desktop.clear({ id: 7 });
  assert.deepEqual(open, []);
  Notification.permission = "denied";
  desktop.show({ id: 7 }, { title: "Ruth", text: "x" }, () => {});
  assert.deepEqual(open, []);
});
