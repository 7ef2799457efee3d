// What screen readers hear by themselves: short batches of new messages, those for me first, and only as much as is wanted.
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { JSDOM } from "jsdom";
import { Emitter } from "../../../static/js/core/emitter.js";

const { window } = new JSDOM("", { url: "http://localhost/" });
Object.assign(globalThis, { document: window.document });
const { announce } = await import("../../../static/js/core/announce.js");
const { Announcer, utterances } = await import("../../../static/js/status/announcer.js");
const { announceElsewhere } = await import("../../../static/js/status/announce_elsewhere.js");
const { announceConnection, announceUnsent } = await import("../../../static/js/status/announce_state.js");

const ME = { id: 1, name: "Alice" };
const by = (name, text, more = {}) => ({ author: { id: name.length + 10, name }, text, ...more });
const MINE = by("Mei", "look @alice", { mentions: [1] });
const garden = { id: 7, name: "Garden", kind: "public", state: "open", level: "mentions", muted: false, at: (seq) => (seq === 4 ? { author: ME } : null) };
let said, timers, preferences;

beforeEach(() => { [said, timers, preferences] = [[], [], { now: { spoken: "all" } }]; });

const how = { say: (words, { now = false } = {}) => said.push(now ? `! ${words}` : words), later: (act, delay) => timers.push({ act, delay }) };
const pass = () => { const { act, delay } = timers.shift(); act(); return delay; };

function hear(...messages) {
  new Announcer(ME, preferences, how).add(garden, messages);
  if (timers.length) pass();
  return said.splice(0);
}

test("a message is said as it is shown, with a word for its kind", () => {
  assert.deepEqual(hear(by("Mei", "**bold** and `code`, see https://example.org/a/long/path?x=1")), ["Mei: bold and code, see link to example.org"]);
  assert.deepEqual(hear(by("Mei", "so:\n```\none\ntwo\n```")), ["Mei: so: code block, 2 lines"]);
  assert.deepEqual(hear(MINE), ["Mei mentions you: look @alice"]);
  assert.deepEqual(hear(by("Mei", "yes", { reply_to: 4 })), ["Mei replies to you: yes"]);
  assert.deepEqual(hear(by("Mei", "x".repeat(400))), [`Mei: ${"x".repeat(300)}…`]);
});

test("up to three are said each, more as a sum, and those for me in full before it", () => {
  assert.deepEqual(hear(by("Mei", "one"), by("Ruth", "two")), ["Mei: one", "Ruth: two"]);
  assert.deepEqual(hear(by("Mei", "1"), by("Ruth", "2"), MINE, by("Dov", "3"), by("Mei", "4")), ["Mei mentions you: look @alice", "4 new from Mei and 2 others"]);
  assert.deepEqual(utterances([by("Mei", "1")].map((message) => ({ message, kind: null }))), ["Mei: 1"]);
});

test("after a sum it is quiet for longer, so that a voice comes to an end in a lively room", () => {
  const announcer = new Announcer(ME, preferences, how);
  announcer.add(garden, [1, 2, 3, 4, 5].map((each) => by("Mei", String(each))));
  assert.equal(pass(), 2000);
  announcer.add(garden, [by("Mei", "6")]);
  assert.deepEqual(timers.map(({ delay }) => delay), [6000]);
  pass();
  assert.deepEqual(said, ["5 new from Mei", "Mei: 6"]);
});

test("only those for me, or none, and of a muted room only those for me", () => {
  preferences.now.spoken = "mine";
  assert.deepEqual(hear(by("Mei", "hello"), MINE), ["Mei mentions you: look @alice"]);
  preferences.now.spoken = "off";
  assert.deepEqual(hear(MINE), []);
  preferences.now.spoken = "all";
  new Announcer(ME, preferences, how).add({ ...garden, muted: true }, [by("Mei", "hello")]);
  assert.deepEqual(timers, []);
});

test("a change or a deletion is said of the message that has the focus and of the newest, and no reaction is", () => {
  const announcer = new Announcer(ME, preferences, how);
  const room = { ...garden, seq: 20, at: (seq) => ({ seq }) };
  const amended = (amendment) => announcer.amended(room, { by: 12, ...amendment }, { focused: 4, nameOf: () => "Mei" });
  amended({ seq: 4, text: "**new**" });
  amended({ seq: 20, deleted: true });
  amended({ seq: 5, text: "far up" });
  amended({ seq: 20, reactions: [] });
  amended({ seq: 20, text: "mine", by: 1 });
  preferences.now.spoken = "mine";
  amended({ seq: 20, text: "not wanted" });
  assert.deepEqual(said, ["Mei changed: new", "Mei deleted a message"]);
});

test("what is for me in another room is said by its level, and soon after only as a sum", () => {
  const rooms = new Emitter();
  const sea = { ...garden, id: 8, name: "Sea" };
  const mei = { ...garden, id: 9, kind: "direct", level: "all", people: [ME, { id: 13, name: "Mei" }] };
  announceElsewhere({ me: ME, rooms, preferences, current: () => garden }, how);
  const come = (room, ...added) => rooms.emit("messages", { room, added, live: true });
  come(garden, MINE);
  come(sea, by("Mei", "not for me"));
  assert.deepEqual(said, []);
  come(sea, MINE);
  come(mei, by("Mei", "psst"));
  come(sea, MINE);
  pass();
  assert.deepEqual(said, ["Mei mentions you in #Sea", "2 messages for you in 2 rooms"]);
  pass();
  come(mei, by("Mei", "psst"));
  assert.equal(said.at(-1), "Direct message from Mei");
  rooms.emit("messages", { room: sea, added: [MINE], live: false });
  preferences.now.spoken = "off";
  come(sea, MINE);
  assert.equal(said.length, 3);
});

test("a message that is refused interrupts, once, and says why and where it is", () => {
  const entry = { client_id: "a", state: "waiting", text: "**hello** there" };
  const outbox = Object.assign(new Emitter(), { entriesOf: () => [entry] });
  announceUnsent(outbox, how);
  outbox.emit("change", 7);
  Object.assign(entry, { state: "failed", error: { message: "You are muted here." } });
  outbox.emit("change", 7);
  outbox.emit("change", 7);
  assert.deepEqual(said, ["! Not sent: “hello there”. You are muted here. Retry, change or discard it in the last message."]);
  Object.assign(entry, { state: "held", error: { message: "A moderator looks at it first." } });
  outbox.emit("change", 7);
  assert.equal(said.at(-1), "! Held: “hello there”. A moderator looks at it first.");
});

test("the loss of the connection is said once it lasts, and its return only then", () => {
  const connection = new Emitter();
  let cleared = 0;
  const { clearTimeout: clear } = globalThis;
  globalThis.clearTimeout = () => { cleared += 1; timers.length = 0; };
  announceConnection(connection, how);
  for (const state of ["lost", "connecting", "live"]) connection.emit("state", state);
  assert.deepEqual([said, timers], [[], []]);
  connection.emit("state", "lost");
  pass();
  for (const state of ["connecting", "lost", "catching_up", "live"]) connection.emit("state", state);
  globalThis.clearTimeout = clear;
  assert.deepEqual(said, ["Connection lost. Your messages are kept here and sent when you are back online.", "Connected again."]);
  assert.ok(cleared > 0);
});

test("the regions are always there, the same words twice are two utterances, and none stays", (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  document.body.innerHTML = `<dialog id="d"></dialog><div id="live-regions"><div aria-live="polite"></div><div aria-live="assertive"></div></div>`;
  const [polite, assertive] = document.querySelectorAll("[aria-live]");
  announce("Mei: hello");
  announce("Mei: hello");
  announce("Not sent", { now: true });
  t.mock.timers.tick(0);
  assert.deepEqual([polite.children.length, assertive.textContent], [2, "Not sent"]);
  t.mock.timers.tick(10_000);
  assert.deepEqual([polite.children.length, assertive.children.length], [0, 0]);

  // Over a modal dialog they are in it, and back in the page when it closes.
  document.getElementById("d").open = true;
  announce("Link copied");
  t.mock.timers.tick(150);
  assert.equal(polite.closest("dialog")?.id, "d");
  assert.equal(polite.textContent, "Link copied");
  document.getElementById("d").dispatchEvent(new window.Event("close"));
  assert.equal(polite.closest("dialog"), null);
});
