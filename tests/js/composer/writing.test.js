// The message box: nothing that was written is dropped, whatever happens to the room, the message or the tab.
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { JSDOM } from "jsdom";

const { window } = new JSDOM("", { url: "http://localhost/" });
Object.assign(globalThis, { document: window.document, Event: window.Event, matchMedia: () => ({ matches: false }), CSS: { supports: () => true } });
const { Composer } = await import("../../../static/js/composer/composer.js");
const { Drafts } = await import("../../../static/js/composer/drafts.js");

const PAGE = `<div id="composer-context" role="status" hidden></div><form id="composer"><label id="write-label"></label>
  <textarea id="write" data-max-chars="100"></textarea><span id="write-help"></span><button id="send"></button></form>
  <div id="composer-closed" hidden></div><p id="toast" hidden></p>`;
const ADA = { id: 1, handle: "ada", name: "Ada" };
const message = (seq, text) => ({ room: 7, seq, epoch: "a", author: ADA, text });
const byId = (id) => document.getElementById(id);
let kept, messages, wait, emitted, box, room;

/** A page of this browser: what was stored by an earlier one is there. */
function open() {
  document.body.innerHTML = PAGE;
  box = byId("write");
  emitted = [];
  const drafts = new Drafts({ id: 1 }, { get: (key) => kept.get(key) ?? null, set: (key, text) => kept.set(key, text), remove: (key) => kept.delete(key) }, new EventTarget());
  const composer = new Composer(drafts, () => wait, { now: { enterSends: true }, on() {} });
  for (const event of ["send", "edit", "delete", "edit last"]) composer.on(event, (payload) => emitted.push([event, payload]));
  composer.show(room, "#sea");
  return composer;
}

function press(key, held = {}) {
  box.dispatchEvent(new window.KeyboardEvent("keydown", { key, bubbles: true, cancelable: true, ...held }));
}

function type(text) {
  box.value = text;
  box.dispatchEvent(new Event("input", { bubbles: true }));
}

const context = () => (byId("composer-context").hidden ? "" : byId("composer-context").textContent);

beforeEach((t) => {
  t.mock?.timers.enable({ apis: ["setTimeout"] });
  kept = new Map();
  messages = new Map();
  wait = 0;
  room = { id: 7, kind: "public", state: "open", role: "member", writers: "everyone", editors: "everyone", sanction: null, at: (seq) => messages.get(seq) ?? null };
});

test("a message is sent with what it replies to, and both are gone then", () => {
  const composer = open();
  composer.begin({ kind: "reply", message: message(3, "Who?") });
  type("Me");
  press("Enter");
  assert.deepEqual(emitted.map(([event, { text, replyTo }]) => [event, text, replyTo]), [["send", "Me", 3]]);
  assert.deepEqual([box.value, context(), kept.size], ["", "", 0]);
});

test("an edit and a reply are there after a reload, and the draft below the edit, too", () => {
  let composer = open();
  type("draft");
  composer.begin({ kind: "reply", message: message(2, "Who?") });
  composer.begin({ kind: "edit", message: message(3, "helo") });
  type("hello");
  composer = open();
  assert.match(context(), /Editing your message/);
  assert.equal(box.value, "hello");
  press("Enter");
  assert.deepEqual(emitted.map(([event, { text }]) => [event, text]), [["edit", "hello"]]);
  composer.finish(message(3, "helo"));
  assert.equal(box.value, "draft");
  assert.match(context(), /Replying to an earlier message/);
  messages.set(2, message(2, "Who?"));      // it is loaded
  composer.refresh();
  assert.match(context(), /Replying to Ada Who\?/);
});

test("an edit that is saved while another room is shown is over when one comes back", () => {
  const composer = open();
  composer.begin({ kind: "edit", message: message(3, "helo") });
  type("hello");
  press("Enter");
  composer.show({ ...room, id: 8 }, "#lake");
  composer.finish(message(3, "helo"));
  composer.show(room, "#sea");
  assert.deepEqual([context(), box.value], ["", ""]);
});

test("Esc cancels an edit; Ctrl+Z, and the button, bring it back", () => {
  const composer = open();
  composer.begin({ kind: "edit", message: message(3, "helo") });
  type("hello, all of this");
  press("Escape");
  assert.deepEqual([context(), box.value], ["", ""]);
  press("z", { ctrlKey: true });
  assert.equal(box.value, "hello, all of this");
  assert.match(context(), /Editing/);
  press("Escape");
  byId("toast").querySelector("button").click();
  assert.equal(box.value, "hello, all of this");
});

test("Esc without a change says nothing, and Ctrl+Z is the browser's once something else was written", () => {
  const composer = open();
  composer.begin({ kind: "edit", message: message(3, "helo") });
  press("Escape");
  assert.equal(byId("toast").hidden, true);
  composer.begin({ kind: "edit", message: message(3, "helo") });
  type("hello");
  press("Escape");
  type("new");
  press("z", { ctrlKey: true });
  assert.equal(box.value, "new");
});

test("editing to nothing asks whether to delete, and the second Enter does", () => {
  const composer = open();
  composer.begin({ kind: "edit", message: message(3, "helo") });
  type("");
  assert.equal(byId("send").disabled, false);
  press("Enter");
  assert.match(context(), /Delete this message\?/);
  assert.deepEqual(emitted, []);
  type("h");
  assert.match(context(), /Editing/);
  type("");
  press("Enter");
  press("Enter");
  assert.deepEqual(emitted.map(([event, { seq }]) => [event, seq]), [["delete", 3]]);
  assert.equal(context(), "");
});

test("an edit of a message that was just deleted says so, and its text can become a new message", () => {
  const composer = open();
  type("draft");
  composer.begin({ kind: "edit", message: message(3, "helo") });
  type("hello");
  messages.set(3, { ...message(3, ""), deleted: true });
  composer.refresh();
  assert.match(context(), /This message was deleted\./);
  assert.equal(byId("composer-context").querySelector("[role=alert]") !== null, true);
  press("Enter");
  assert.deepEqual([emitted, byId("send").disabled], [[], true]);
  messages.set(3, message(3, "helo"));
  composer.refresh();
  assert.match(context(), /Editing/);        // it was restored
  messages.set(3, { ...message(3, ""), deleted: true });
  composer.refresh();
  byId("composer-context").querySelector("button").click();
  assert.deepEqual([box.value, context()], ["hello\ndraft", ""]);
});

test("a mute, a lock and slow mode hold the button and leave the box", () => {
  const composer = open();
  type("hello");
  const held = () => { composer.refresh(); return [byId("composer").hidden, byId("send").disabled, byId("composer-closed").textContent !== ""]; };
  assert.deepEqual(held(), [false, false, false]);
  room.sanction = { kind: "mute", until: null };
  assert.deepEqual(held(), [false, true, true]);
  press("Enter");
  assert.match(byId("toast").textContent, /You are muted here/);
  type("hello again");
  assert.deepEqual([emitted, box.value], [[], "hello again"]);
  room.sanction = null;
  Object.assign(room, { state: "locked", writers: "moderators", editors: "moderators" });
  assert.deepEqual(held(), [false, true, true]);
  Object.assign(room, { state: "open", writers: "everyone", editors: "everyone" });
  wait = 20;
  assert.deepEqual(held(), [false, true, true]);
  composer.begin({ kind: "edit", message: message(3, "helo") });
  assert.equal(byId("send").disabled, false);        // slow mode is about new messages
  wait = 0;
  room.role = null;
  assert.deepEqual(held().slice(0, 1), [true]);
});

test("an unsent message that is changed comes back with what it replied to, before the draft", () => {
  messages.set(2, message(2, "Who?"));
  const composer = open();
  type("later");
  composer.takeBack({ text: "Me", reply_to: 2 });
  assert.equal(box.value, "Me\nlater");
  assert.match(context(), /Replying to Ada/);
});
