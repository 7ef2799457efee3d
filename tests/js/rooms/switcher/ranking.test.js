import assert from "node:assert/strict";
import { test } from "node:test";
import { fit, fold, runs } from "../../../../static/js/core/fuzzy.js";
import { nextUnread, rankRooms } from "../../../../static/js/rooms/switcher/ranking.js";
import { levelText } from "../../../../static/js/rooms/room_menu.js";

const ME = { id: 1, name: "Mei" };
const room = (id, name, more = {}) => ({ id, name, slug: name, kind: "public", level: "mentions", muted: false, unread: 0, mentions: 0, ...more });
const names = (found) => found.map(({ name }) => name);
const order = (typed, ...all) => all.map((name) => [name, fit(typed, name)]).filter(([, fits]) => fits).sort(([, one], [, other]) => one.score - other.score).map(([name]) => name);

test("letters are alike with and without their marks", () => {
  assert.equal(fold("  Élan Vital "), "elan vital");
  assert.equal(fold("STRASSE"), "strasse");
});

test("the beginning fits best, then a word's beginning, then the middle, then scattered letters", () => {
  assert.deepEqual(order("en", "open", "green-engine", "engine", "e-mail-notes", "moon"), ["engine", "green-engine", "open", "e-mail-notes"]);
  assert.deepEqual(order("gnr", "general", "ginger", "rag"), ["general", "ginger"]);
  assert.equal(fit("xyz", "general"), null);
  assert.deepEqual(fit("", "general"), { score: 0, at: [] });
});

test("a shorter name fits better, and spaces in what is typed do not matter", () => {
  assert.deepEqual(order("on air", "on-air-archive", "on-air"), ["on-air", "on-air-archive"]);
  assert.deepEqual(order("onair", "onair-archive", "onair"), ["onair", "onair-archive"]);
  assert.deepEqual(order("ad ok", "Ada Okafor"), ["Ada Okafor"]);
});

test("the letters that fit are marked where they stand, whatever folding makes of them", () => {
  const marked = (typed, name) => runs(name, fit(typed, name).at).filter(([, fits]) => fits).map(([text]) => text).join("|");
  assert.equal(marked("ch", "Kitchen"), "ch");
  assert.equal(marked("elan", "Élan"), "Élan");
  assert.equal(marked("af", "Ada Okafor"), "af");
  assert.equal(marked("fi", "ﬁne"), "ﬁ");
  assert.equal(marked("عر", "موسيقى-عربية"), "عر");
});

test("no name and nothing typed takes long", () => {
  const began = performance.now();
  fit("a".repeat(200), "ab".repeat(500));
  fit("ab".repeat(30), "a".repeat(1000));
  assert.ok(performance.now() - began < 100);
});

test("without a word, what is for me comes first, then what is unread, then where I was last", () => {
  const all = [room(1, "attic"), room(2, "barn", { unread: 4 }), room(3, "cellar", { unread: 1, mentions: 1 }), room(4, "den"), room(5, "eaves", { muted: true, unread: 9 })];
  assert.deepEqual(names(rankRooms(all, { me: ME, recent: [4, 1] })), ["cellar", "barn", "den", "attic", "eaves"]);
  assert.deepEqual(names(rankRooms(all, { me: ME, current: all[2] })), ["barn", "attic", "den", "eaves"]);
});

test("with a word, what fits it comes first, and of what fits alike what is unread", () => {
  const all = [room(1, "garden"), room(2, "garage", { unread: 2 }), room(3, "my-garden", { unread: 1, mentions: 1 }), room(4, "kitchen", { unread: 1 })];
  assert.deepEqual(names(rankRooms(all, { me: ME, typed: "gar" })), ["garage", "garden", "my-garden"]);
});

test("a conversation is found by the names of its people", () => {
  const direct = { ...room(9, ""), kind: "direct", people: [ME, { id: 2, name: "Inês Okafor" }, { id: 3, name: "Tomasz Bielak" }] };
  assert.deepEqual(names(rankRooms([direct], { me: ME, typed: "tomasz" })), ["Inês and Tomasz"]);
});

test("Alt and an arrow go round what is unread", () => {
  const [a, b, c, d] = [room(1, "a", { unread: 1 }), room(2, "b"), room(3, "c", { mentions: 1, muted: true }), room(4, "d", { muted: true, unread: 3 })];
  const all = [a, b, c, d];
  assert.equal(nextUnread(all, b, 1), c);
  assert.equal(nextUnread(all, c, 1), a);
  assert.equal(nextUnread(all, b, -1), a);
  assert.equal(nextUnread(all, a, -1), c);
  assert.equal(nextUnread(all, null, 1), a);
  assert.equal(nextUnread(all, null, -1), c);
  assert.equal(nextUnread([b, d], b, 1), null);
  assert.equal(nextUnread([a], a, 1), null);
  assert.equal(nextUnread([], null, 1), null);
});

test("what one is told of a room is said in words", () => {
  const words = new Set(["all", "mentions", "nothing"].flatMap((level) => [true, false].map((muted) => levelText({ kind: "public", level, muted }))));
  assert.equal(words.size, 4);
});
