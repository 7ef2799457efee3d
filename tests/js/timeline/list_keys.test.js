// The list of messages is one tab stop that is always set, and keys that are no letters go from message to message.
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { JSDOM } from "jsdom";
import { Emitter } from "../../../static/js/core/emitter.js";

const { window } = new JSDOM("");
globalThis.document = window.document;
const { followListKeys } = await import("../../../static/js/timeline/list_keys.js");
const { RovingTabindex } = await import("../../../static/js/timeline/roving_tabindex.js");

const article = (seq) => `<li data-author="2" data-seq="${seq}"><article tabindex="-1"><button tabindex="-1">More</button><a href="/" tabindex="-1">12:00</a></article></li>`;
let timeline, tabStop, acts, height;

beforeEach(() => {
  document.body.innerHTML = `<section id="timeline" tabindex="-1"><ol id="messages"></ol></section><textarea></textarea>`;
  const [scroller, list] = [document.getElementById("timeline"), document.getElementById("messages")];
  height = 20;
  window.Element.prototype.getBoundingClientRect = function rect() { return this.localName === "article" ? { top: 0, bottom: height, height } : { top: 0, bottom: 500, height: 500 }; };
  timeline = Object.assign(new Emitter(), { scroller, list, anchor: { place: null }, row: (key) => document.getElementById(key), invalidate() {} });
  acts = [];
  tabStop = new RovingTabindex(timeline);
  followListKeys(timeline, { openMenu: ({ dataset }) => acts.push(`menu ${dataset.seq}`) > 0, toLatest: () => { acts.push("latest"); tabStop.focusNewest(); timeline.emit("rendered"); } });
});

function draw(...seqs) {
  timeline.list.insertAdjacentHTML("beforeend", seqs.map(article).join(""));
  timeline.emit("rendered");
}

const stops = () => [...document.querySelectorAll("article[tabindex='0']")].map((each) => Number(each.parentElement.dataset.seq));
const focused = () => Number(document.activeElement.closest("li")?.dataset.seq ?? 0);

function press(key, held = {}) {
  return !document.activeElement.dispatchEvent(new window.KeyboardEvent("keydown", { key, bubbles: true, cancelable: true, ...held }));
}

test("the newest message is the tab stop from the start, with its links and buttons, and a newer one then", () => {
  draw(1, 2);
  assert.deepEqual(stops(), [2]);
  assert.deepEqual([...timeline.list.querySelectorAll("button, a")].map((each) => each.tabIndex), [-1, -1, 0, 0]);
  assert.equal(timeline.scroller.tabIndex, -1);
  draw(3);
  assert.deepEqual(stops(), [3]);
});

test("the first unread message is the tab stop, where there is one", () => {
  timeline.list.innerHTML = `${article(1)}<li id="fresh"></li><li class="day"></li>`;
  timeline.fresh = 1;
  draw(2, 3);
  assert.deepEqual(stops(), [2]);
  timeline.emit("latest");
  draw(4);
  assert.deepEqual(stops(), [4], "who went to the end has passed the divider");
  timeline.fresh = 4;
  timeline.list.append(document.getElementById("fresh"));
  draw(5, 6);
  assert.deepEqual(stops(), [5], "and comes to the next one");
});

test("what had the focus stays the stop, until it is gone or the newest is asked for", () => {
  draw(1, 2, 3);
  timeline.list.querySelector("[data-seq='2'] article").focus();
  draw(4);
  assert.deepEqual(stops(), [2]);
  timeline.emit("latest");
  timeline.emit("rendered");
  assert.deepEqual(stops(), [4]);
  timeline.list.replaceChildren();
  draw(9);
  assert.deepEqual(stops(), [9]);
});

test("without a message the list itself can be scrolled by keys", () => {
  timeline.list.innerHTML = `<li class="opening"></li>`;
  timeline.emit("rendered");
  assert.equal(timeline.scroller.tabIndex, 0);
});

test("arrows go by one message, Page by ten, Home and End to the ends, and no letter is needed", () => {
  draw(...Array.from({ length: 30 }, (_, index) => index + 1));
  timeline.list.querySelector("[data-seq='30'] article").focus();
  for (const [key, at] of [["ArrowUp", 29], ["PageUp", 19], ["ArrowDown", 20], ["Home", 1], ["PageDown", 11], ["End", 30]]) {
    assert.equal(press(key), true, key);
    assert.equal(focused(), at, key);
  }
  assert.deepEqual(acts, ["latest"]);
});

test("Enter opens the menu of the message, and is the button's own on a button", () => {
  draw(1, 2);
  timeline.list.querySelector("[data-seq='2'] article").focus();
  press("Enter");
  timeline.list.querySelector("[data-seq='2'] button").focus();
  press("Enter");
  press("ArrowUp");
  assert.deepEqual(acts, ["menu 2"]);
  assert.equal(focused(), 2);
});

test("a message that is higher than the window is scrolled by the browser before the next one comes", () => {
  draw(1, 2);
  timeline.list.querySelector("[data-seq='1'] article").focus();
  height = 900;
  assert.equal(press("ArrowDown"), false);
  assert.equal(focused(), 1);
});

test("keys with Ctrl or of an input method are left alone", () => {
  draw(1, 2);
  timeline.list.querySelector("[data-seq='2'] article").focus();
  assert.equal(press("ArrowUp", { ctrlKey: true }), false);
  assert.equal(press("ArrowUp", { isComposing: true }), false);
});

test("the list itself, clicked, leads to a message", () => {
  draw(1, 2);
  timeline.scroller.focus();
  press("ArrowUp");
  assert.equal(focused(), 2);
});
