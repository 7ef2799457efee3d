// The switcher draws what changed, and leaves in its place what shows the same.
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { JSDOM } from "jsdom";

const { window } = new JSDOM("", { url: "http://localhost/" });
const { document, Event, KeyboardEvent } = window;
globalThis.document = document;
window.Element.prototype.scrollIntoView = () => {};
window.HTMLDialogElement.prototype.close = function close() { this.open = false; };
const { Switcher } = await import("../../../../static/js/rooms/switcher/switcher.js");

const room = (id, name) => ({ id, name, kind: "public", state: "open", unread: 0, mentions: 0, muted: false });
const rows = () => [...document.getElementById("jump-found").children];
const texts = () => rows().map((row) => row.textContent);
let rooms, box, gone;

/** The rows that are there now. */
function open() {
  document.getElementById("jump").dispatchEvent(new Event("opening"));
  return rows();
}

function type(text) {
  box.value = text;
  box.dispatchEvent(new Event("input"));
}

beforeEach((t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  document.body.innerHTML = '<dialog id="jump"><input id="jump-to"><ul id="jump-found"></ul></dialog>';
  box = document.getElementById("jump-to");
  rooms = [room(1, "Attic"), room(2, "Cellar"), room(3, "Den")];
  gone = [];
  new Switcher({ me: { id: 9 }, rooms: { all: () => rooms }, statusOf: () => "offline", current: () => null, recent: () => [], go: ({ id }) => gone.push(id), join: ({ id }) => gone.push(`join ${id}`) });
});

test("it is drawn before anybody opens it, and a row that shows the same stays the row it is", () => {
  const before = rows();
  assert.deepEqual(texts(), ["Attic", "Cellar", "Den"]);
  assert.deepEqual(open(), before);
});

test("what is different is redrawn, and in its place", () => {
  const [attic, cellar, den] = rows();
  rooms[1] = { ...rooms[1], unread: 3 };
  const [first, ...others] = open();
  assert.deepEqual(texts(), ["Cellar3 unread", "Attic", "Den"]);
  assert.notEqual(first, cellar);
  assert.deepEqual(others, [attic, den]);
});

test("a row that was moved is still the one that is chosen, and leads where it says", () => {
  rooms[2] = { ...rooms[2], unread: 1 };
  const [den, attic] = open();
  assert.deepEqual([den, attic].map((row) => row.getAttribute("aria-selected")), ["true", "false"]);
  assert.deepEqual(rows().map(({ id }) => id), ["jump-data-room-id-3", "jump-data-room-id-1", "jump-data-room-id-2"]);
  box.dispatchEvent(new KeyboardEvent("keydown", { key: "ArrowDown", cancelable: true }));
  assert.equal(box.getAttribute("aria-activedescendant"), attic.id);
  box.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", cancelable: true }));
  assert.deepEqual(gone, [1]);
});

test("the letters that were typed are marked, and no more when it is opened again", () => {
  open();
  type("ce");
  assert.equal(document.querySelector("mark").textContent, "Ce");
  assert.deepEqual(texts().at(-1), "Search all rooms for “ce”");
  open();
  assert.deepEqual(texts(), ["Attic", "Cellar", "Den"]);
  assert.equal(document.querySelector("mark"), null);
});

test("public rooms that one is not in are listed below one's own, and Enter joins", async (t) => {
  const answers = { "/people/?q=at": { people: [] }, "/search/rooms/?q=at": { rooms: [{ id: 1, slug: "attic", name: "Attic" }, { id: 8, slug: "atlas", name: "Atlas" }] } };
  globalThis.fetch = async (path) => ({ ok: true, json: async () => answers[path] });
  open();
  type("at");
  t.mock.timers.tick(1000);
  for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
  assert.deepEqual(texts().slice(0, 2), ["Attic", "AtlasJoin"]);
  box.dispatchEvent(new KeyboardEvent("keydown", { key: "ArrowDown", cancelable: true }));
  box.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", cancelable: true }));
  assert.deepEqual(gone, ["join 8"]);
});
