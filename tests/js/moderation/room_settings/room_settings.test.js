// What a moderator changes about a room, and what a room says of itself.
import assert from "node:assert/strict";
import { test } from "node:test";
import { reportWords } from "../../../../static/js/moderation/sidebar_entries.js";
import { flaggedWords } from "../../../../static/js/moderation/reports/report_card.js";
import { Reports } from "../../../../static/js/moderation/reports/reports.js";
import { changed, slowWords } from "../../../../static/js/moderation/room_settings/room_settings.js";
import { roomBanner } from "../../../../static/js/status/room_banner.js";
import { Emitter } from "../../../../static/js/core/emitter.js";

test("only what differs is changed, so that two moderators do not undo each other", () => {
  const room = { name: "sea", topic: "", state: "open", slow_mode: 0 };
  assert.deepEqual(changed(room, { name: " sea ", topic: "Tides", state: "open", slow_mode: "30" }), { topic: "Tides", slow_mode: 30 });
  assert.deepEqual(changed({ ...room, state: "archived" }, { name: "sea", topic: "", slow_mode: "0" }), {});
});

test("slow mode in words", () => {
  assert.deepEqual([0, 30, 60, 300, 3600, 7200].map(slowWords), ["Off", "30 seconds", "1 minute", "5 minutes", "1 hour", "2 hours"]);
});

test("one banner: restored, then muted, then what moderators are to know", () => {
  const key = (room) => roomBanner(room)?.key ?? null;
  const sanction = { kind: "mute", until: 9, reason: "spam" };
  const locked = { role: "moderator", state: "locked" };
  assert.equal(key(null), null);
  assert.equal(key(locked), "locked");
  assert.equal(key({ ...locked, role: "member" }), null);
  assert.equal(key({ ...locked, sanction }), key({ ...locked, sanction: { ...sanction } }));
  assert.equal(typeof key({ ...locked, sanction, restored: true }), "object");
});

function stage(found) {
  const rooms = Object.assign(new Emitter(), { all: () => [] });
  let seen = 0;
  const later = [];
  const reports = new Reports({
    me: { id: 1 }, rooms, fetchReports: async () => found, hasReported: true, later: (act) => later.push(act),
    seen: { get: () => seen, set: (count) => { seen = count; } },
  });
  return { reports, rooms, later };
}

test("reports are counted: what is open, and what was answered and not read", async () => {
  const { reports } = stage({ of_rooms: [{ state: "open" }, { state: "claimed" }], open: 1, mine: [{ answer: "Thanks" }, { answer: "" }] });
  await reports.refresh();
  assert.deepEqual([reports.waiting, reports.unread], [1, 1]);
  assert.equal(reportWords(reports.unread, reports.waiting), ", 1 open, 1 answered");
  reports.read();
  assert.equal(reports.unread, 0);
});

test("m7: reports come in pages, and word of a change takes none of them away", async () => {
  const asked = [];
  const pages = { "": { of_rooms: [{ id: 9 }], next: "0-9", open: 3, mine: [] }, "0-9": { of_rooms: [{ id: 5 }], next: "0-5", open: 3, mine: [] }, "0-5": { of_rooms: [{ id: 2 }], next: "", open: 3, mine: [] } };
  const { reports } = stage(null);
  reports.fetchReports = async (_state = null, after = "") => { asked.push(after); return structuredClone(pages[after]); };
  const ids = () => reports.toHandle.map(({ id }) => id);
  await reports.refresh();
  assert.deepEqual([ids(), reports.next, reports.waiting], [[9], "0-9", 3]);
  await reports.more();
  await reports.refresh();
  assert.deepEqual([ids(), reports.next], [[9, 5], "0-5"]);
  await reports.more();
  assert.deepEqual([ids(), reports.next], [[9, 5, 2], ""]);
  await reports.fromTheTop();
  assert.deepEqual([ids(), reports.next, asked.length], [[9], "0-9", 1 + 2 + 2 + 3 + 1]);
});

test("m7: a rule that was hit again says how often", () => {
  assert.equal(flaggedWords({}), "Found by the word list");
  assert.equal(flaggedWords({ count: 205 }), "Found by the word list 205 times");
});

test("many reports in one moment are asked for once", () => {
  const { reports, rooms, later } = stage({ of_rooms: [], mine: [] });
  let answers = 0;
  reports.on("answer", () => { answers += 1; });
  rooms.emit("report", { report: 1, state: "open" });
  rooms.emit("report", { report: 1, state: "resolved", answer: "" });
  assert.deepEqual([later.length, answers], [1, 1]);
});
