// Everything the page says about itself in words.
import assert from "node:assert/strict";
import { test } from "node:test";
import { JSDOM } from "jsdom";
import { nextDelay, spreadDelay } from "../../static/js/connection/backoff.js";
import { ago, badge, clock, dayLabel, dyeOf, initials, listNames } from "../../static/js/core/format.js";
import { groupPeople } from "../../static/js/people/groups.js";
import { parse } from "../../static/js/core/address.js";
import { reactionWords } from "../../static/js/timeline/rows/reactions.js";
import { allowed, lastToEdit } from "../../static/js/message_actions/allowed.js";
import { deletedWords } from "../../static/js/timeline/rows/tombstone.js";
import { roomName, directStatus } from "../../static/js/rooms/names.js";
import { announcement } from "../../static/js/status/announcer.js";
import { statusAfter } from "../../static/js/status/idle.js";
import { lineWords } from "../../static/js/status/connection_texts.js";
import { entryState } from "../../static/js/timeline/rows/entry_state.js";
import { countCharacters, lengthWords, whyClosed } from "../../static/js/composer/may_write.js";
import { TypingList, typingParts, TypingSender } from "../../static/js/composer/typing.js";

globalThis.document = new JSDOM("").window.document;

const NOW = Date.UTC(2026, 10, 23, 14, 3, 22);
const lost = { state: "lost", lastLive: NOW, rooms: 3, sending: 0, now: NOW };

test("the connection line is live, sending, connecting or lost", () => {
  const line = (more) => { const { words, countdown } = lineWords({ ...lost, nextTry: null, ...more }); return words + countdown; };
  assert.equal(line({ state: "live" }), "Live");
  assert.equal(line({ state: "live", sending: 3 }), "Sending 3");
  assert.equal(line({ state: "connecting" }), "Connecting");
  assert.equal(line({ state: "catching_up" }), "Connecting, catching up on 3 rooms");
  const at = clock(NOW, { seconds: true });
  assert.equal(line({ nextTry: NOW + 7_400 }), `Last live at ${at}, next try in 8 s`);
  assert.equal(line({ nextTry: NOW - 1 }), `Last live at ${at}, trying now`);
  assert.equal(line({ lastLive: null, nextTry: NOW + 1 }), "Not connected, next try in 1 s");
});

test("waits grow, are spread, and end at fifteen seconds", () => {
  assert.equal(nextDelay(0, () => 1), 500);
  assert.equal(nextDelay(2, () => 0), 1000);
  assert.equal(nextDelay(50, () => 1), 15_000);
});

test("typing names two and no more", () => {
  const words = (names) => typingParts(names).flat().join("");
  assert.equal(words([]), "");
  assert.equal(words(["Mei"]), "Mei is typing");
  assert.equal(words(["Mei", "نور"]), "Mei and نور are typing");
  assert.equal(words(["Mei", "Ruth", "Dov"]), "Several people are typing");
});

test("typing ends after five seconds, or with the message", () => {
  let now = 0;
  const typing = new TypingList({ changed: () => {}, now: () => now, later: () => {} });
  typing.typed(7, 2);
  typing.typed(7, 3);
  typing.typed(8, 4);
  assert.deepEqual(typing.of(7), [2, 3]);
  typing.wrote(7, 2);
  now = 4999;
  assert.deepEqual(typing.of(7), [3]);
  now = 5000;
  assert.deepEqual(typing.of(7), []);
});

test("typing is told every three seconds, and at once after sending", () => {
  const told = [];
  let now = 0;
  const sender = new TypingSender((_event, { room }) => told.push(room), () => now);
  for (now of [0, 1000, 2999, 3000]) sender.typed(7);
  sender.sent(7);
  sender.typed(7);
  assert.equal(told.length, 3);
});

test("idle is away after five minutes, or one in a hidden tab", () => {
  assert.equal(statusAfter(4.9 * 60_000, 0), "active");
  assert.equal(statusAfter(5 * 60_000, 0), "away");
  assert.equal(statusAfter(0, 60_000), "away");
});

test("an unsent row says what it waits for", () => {
  const at = { now: () => NOW, connected: () => true, lasting: () => true };
  const words = (entry, more) => entryState({ at: NOW - 400, ...entry }, { ...at, ...more }).words;
  assert.equal(words({ state: "waiting", at: NOW - 399 }), "");
  assert.equal(words({ state: "waiting" }), "Sending");
  assert.equal(words({ state: "waiting" }, { connected: () => false }), "Waiting for the connection. Kept on this device.");
  assert.equal(words({ state: "waiting", until: NOW + 11_500, error: { code: "slow_mode" } }), "Slow mode: goes out in 12 s");
  assert.equal(entryState({ state: "waiting", at: NOW - 400 }, at, true).words, "Goes out after the one above");
  assert.equal(words({ state: "failed", error: { message: "You are muted in this room." } }), "you are muted in this room");
  assert.match(words({ state: "failed", error: { message: "You are muted in this room: spam", until: NOW + 86_400_000 } }), /^you are muted in this room: spam, until tomorrow, /);
  assert.match(words({ state: "held", error: { code: "held", message: "A moderator looks at this message before anybody else does." } }), /A moderator looks/);
});

test("a closed room says why to those it is closed for", () => {
  const words = (room) => whyClosed(room)?.words ?? null;
  assert.equal(words({ role: "member", state: "open" }), null);
  assert.match(words({ role: null, state: "open" }), /not in this room/);
  assert.match(words({ role: "owner", state: "archived" }), /archived/);
  assert.match(words({ role: "member", state: "announcement" }), /Only moderators/);
  assert.equal(words({ role: "moderator", state: "announcement" }), null);
  assert.match(words({ role: "moderator", state: "open", sanction: { kind: "mute", until: null } }), /muted here for good\. You can read/);
  assert.equal(whyClosed({ role: "member", state: "open" }, { wait: 24 }).seconds, 24);
});

test("length is counted as the server does, and said near its end", () => {
  assert.equal(countCharacters("a😀b"), 3);
  assert.equal(countCharacters("\ud83d"), 1);
  assert.equal(lengthWords(10, 100), null);
  assert.equal(lengthWords(95, 100).words, "5 characters left");
  assert.equal(lengthWords(103, 100).over, true);
});

test("people are grouped by presence, then role, then name", () => {
  const member = (id, name, role = "member") => ({ id, name, role });
  const groups = groupPeople([member(1, "Zoe"), member(2, "ada"), member(3, "Mo", "owner"), member(4, "Bea")], new Map([[1, "active"], [2, "active"], [3, "active"], [4, "away"]]));
  assert.deepEqual(groups.active.map(({ id }) => id), [3, 2, 1]);
  assert.deepEqual(groups.away.map(({ id }) => id), [4]);
  assert.deepEqual(groups.offline, []);
});

test("a direct room is called after the others and as near as the nearest of them", () => {
  const room = { kind: "direct", name: "", people: [{ id: 1, name: "Alva" }, { id: 2, name: "Mei" }, { id: 3, name: "Ruth" }], online: new Map([[1, "active"], [3, "away"]]) };
  assert.equal(roomName(room, { id: 1 }), "Mei and Ruth");
  assert.equal(directStatus(room, { id: 1 }), "away");
});

test("names, faces, days and counts", () => {
  assert.equal(listNames(["Mei", "Ruth", "Dov", "Ada"]), "Mei, Ruth, and 2 others");
  assert.equal(listNames(["Mei", "Ruth", "Dov"], 3), "Mei, Ruth, and Dov");
  assert.equal(initials("Alva Lindqvist"), "AL");
  assert.equal(initials("نور حدّاد"), "نح");
  assert.equal(initials("mei"), "ME");
  assert.equal(initials("  !! "), "?");
  assert.equal(dyeOf(25), 1);
  assert.equal(badge(100), "99+");
  assert.equal(dayLabel("2026-11-23", "2026-11-23"), "Today");
  assert.equal(dayLabel("2026-11-22", "2026-11-23"), "Yesterday");
  assert.match(dayLabel("2025-03-01", "2026-11-23"), /2025/);
});

test("the spoken line is one message in full or a sum", () => {
  const by = (name, text = "hi") => ({ author: { name }, text });
  assert.equal(announcement([by("Mei", "hello")]), "Mei: hello");
  assert.equal(announcement([by("Mei"), by("Ruth"), by("Mei"), by("Dov")]), "4 new from Mei and 2 others");
});

test("how long ago something was, as far as it matters", () => {
  const before = (milliseconds) => ago(NOW - milliseconds, NOW, "UTC");
  assert.deepEqual([0, 59_000, 60_000, 59 * 60_000].map(before), ["now", "now", "1 min. ago", "59 min. ago"]);
  assert.deepEqual([60 * 60_000, 14 * 3_600_000, 15 * 3_600_000, 39 * 3_600_000].map(before), ["1 hr. ago", "14 hr. ago", "yesterday", before(39 * 3_600_000)]);
  assert.match(before(5 * 86_400_000), /18/);
  assert.match(before(400 * 86_400_000), /2025/);
});

test("addresses", () => {
  assert.deepEqual(parse("/"), { slug: null });
  assert.deepEqual(parse("/rooms/m%C3%A9t%C3%A9o/"), { slug: "météo", seq: null });
  assert.deepEqual(parse("/rooms/sea/42/"), { slug: "sea", seq: 42 });
  for (const path of ["/rooms/", "/rooms/sea/members/", "/admin/", "/rooms/%E0%A4%A/"]) assert.deepEqual(parse(path), {});
});

test("a reaction says what it is, how many, and who", () => {
  const names = { 2: "Inês", 3: "Mei", 4: "Dov" };
  const words = (reaction) => reactionWords({ emoji: "❤️", by: [], ...reaction }, { id: 1 }, (id) => names[id]);
  assert.equal(words({ count: 6, by: [1, 2, 3], mine: true }), "heart, 6, you, Inês, Mei, and 3 more");
  assert.equal(words({ count: 2, by: [3, 4] }), "heart, 2, Mei and Dov");
  assert.equal(words({ count: 1, by: [1], mine: true }), "heart, 1, you");
  assert.equal(words({ count: 9, by: {} }), "heart, 9");
});

test("a tombstone says who, where that is known", () => {
  const at = { me: { id: 1 }, nameOfPerson: () => "Inês", roleOfPerson: (id) => ({ 3: "moderator" })[id] };
  const words = (deleted_by) => deletedWords({ author: { id: 2 }, deleted_by }, at);
  assert.deepEqual([1, 2, 3, undefined].map(words), ["Deleted by you.", "Deleted by its author.", "Deleted by Inês, moderator.", "This message was deleted."]);
});

test("what may be done with a message", () => {
  const may = (message, room) => Object.entries(allowed({ seq: 1, kind: "text", author: { id: 2 }, ...message }, { role: "member", state: "open", ...room }, { id: 1 }))
    .filter(([, yes]) => yes).map(([name]) => name).join(" ");
  assert.equal(may({}), "react reply link unread report");
  assert.equal(may({ author: { id: 1 } }), "react reply edit remove link unread");
  assert.equal(may({}, { role: "moderator" }), "react reply remove link unread report");
  assert.equal(may({}, { state: "announcement" }), "react link unread report");
  assert.equal(may({ author: { id: 1 } }, { state: "locked" }), "link unread");
  assert.equal(may({}, { state: "archived" }), "link unread report");
  assert.equal(may({ deleted: true, deleted_by: 2 }), "unread");
  assert.equal(may({ author: { id: 1 }, deleted: true, deleted_by: 1 }), "restore unread");
  assert.equal(may({ author: { id: 1 }, deleted: true, deleted_by: 3 }), "unread");
  assert.equal(may({ deleted: true, deleted_by: 3 }, { role: "moderator" }), "restore unread");
  assert.equal(may({ deleted: true, deleted_by: 2 }, { role: "owner" }), "unread");
  assert.equal(may({ kind: "notice" }), "link unread");
  assert.equal(may({}, { role: null }), "link");
});

test("the last of mine that can be edited", () => {
  const mine = (seq, more) => ({ seq, kind: "text", author: { id: 1 }, ...more });
  const room = { role: "member", state: "open", messages: [mine(1), mine(2), mine(3, { deleted: true }), mine(4, { author: { id: 2 } })] };
  assert.equal(lastToEdit(room, { id: 1 }).seq, 2);
});

test("a server that restarts is come back to at a random moment of the time it names, and never much later", () => {
  assert.equal(spreadDelay(0, () => 1), 0);
  assert.equal(spreadDelay(10_000, () => 0.25), 2500);
  assert.equal(spreadDelay(1e12, () => 1), 60_000);
  assert.equal(spreadDelay(undefined, () => 1), 0);
});
