// F6 leads round the parts of the page, whatever one does there.
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { JSDOM } from "jsdom";

const { window } = new JSDOM("");
globalThis.document = window.document;
window.Element.prototype.checkVisibility = function isShown() { return !this.closest("[hidden]"); };
const { Keyboard } = await import("../../../static/js/keyboard/keyboard.js");
const { followPaneKeys } = await import("../../../static/js/keyboard/pane_keys.js");
followPaneKeys(new Keyboard({ now: { letters: false } }));

const ROOM = `<nav id="rooms"><a class="room-link" href="/a">A</a><a class="room-link" href="/b" aria-current="page">B</a></nav>
  <section id="timeline" tabindex="-1"><article tabindex="-1"></article><article tabindex="0" id="newest"></article></section>
  <div class="foot"><textarea id="write"></textarea><div id="composer-closed" tabindex="-1" hidden></div></div><aside id="people"><button data-user-id="1"></button></aside>`;
const at = () => document.activeElement.id || document.activeElement.textContent || document.activeElement.dataset.userId || document.activeElement.localName;

function press(held = {}) {
  document.activeElement.dispatchEvent(new window.KeyboardEvent("keydown", { key: "F6", bubbles: true, cancelable: true, ...held }));
  return at();
}

beforeEach(() => { document.body.innerHTML = ROOM; });

test("it goes through rooms, messages, box and people, from the box as well, with single letters off", () => {
  document.getElementById("write").focus();
  assert.deepEqual([press(), press(), press(), press()], ["1", "B", "newest", "write"]);
  assert.deepEqual([press({ shiftKey: true }), press({ shiftKey: true }), press({ shiftKey: true })], ["newest", "B", "1"]);
});

test("what is not shown is passed by, and where one cannot write it leads to what says so", () => {
  document.getElementById("people").hidden = true;
  document.getElementById("write").hidden = true;
  document.getElementById("composer-closed").hidden = false;
  document.querySelector(".room-link").focus();
  assert.deepEqual([press(), press(), press()], ["newest", "composer-closed", "B"]);
});

test("from nowhere it begins with the first part, or the last", () => {
  assert.equal(press(), "B");
  document.activeElement.blur();
  assert.equal(press({ shiftKey: true }), "1");
});

test("other pages have the rooms and their own heading", () => {
  document.body.innerHTML = `<nav id="rooms"><a class="room-link" href="/a">A</a></nav><main class="sheet--page"><h1>Rooms</h1></main>`;
  assert.deepEqual([press(), press(), press()], ["A", "Rooms", "A"]);
});
