// The menu of a message by a second button, by the Menu key, and by a finger or what a screen reader for touch sends instead.
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { JSDOM } from "jsdom";

const { window } = new JSDOM("");
const { document, MouseEvent } = window;
let selected = false;
Object.assign(globalThis, { document, DOMRect: class { constructor(x, y) { Object.assign(this, { x, y }); } }, getSelection: () => ({ isCollapsed: !selected }), addEventListener: window.addEventListener.bind(window) });
const { followContextMenu } = await import("../../../static/js/message_actions/context_menu.js");
const { followLongPress } = await import("../../../static/js/message_actions/long_press.js");

let opened;

beforeEach((t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  selected = false;
  opened = [];
  document.body.innerHTML = `<ol><li data-seq="3"><article><p>text</p><a href="/">link</a><button data-key="more"></button></article></li></ol>`;
  followLongPress(document.querySelector("ol"), (target) => opened.push(`sheet of ${target.localName}`));
  followContextMenu(document.querySelector("ol"), (row, anchor) => opened.push(`${row.dataset.seq} at ${anchor.localName ?? anchor.getBoundingClientRect().x}`));
});

function ask(css, facts = {}) {
  const event = new MouseEvent("contextmenu", { bubbles: true, cancelable: true, ...facts });
  Object.defineProperty(event, "pointerType", { value: facts.pointerType ?? "mouse" });
  return !document.querySelector(css).dispatchEvent(event);
}

function touch(type) {
  const event = new MouseEvent(type, { bubbles: true, cancelable: true });
  Object.defineProperties(event, { pointerType: { value: "touch" }, isPrimary: { value: true } });
  return !document.querySelector("p").dispatchEvent(event);
}

test("a second button opens it where it points, after its release", (t) => {
  assert.equal(ask("p", { button: 2, buttons: 2, clientX: 40 }), true);
  assert.deepEqual(opened, [], "the release would close it again");
  window.dispatchEvent(new window.Event("pointerup"));
  t.mock.timers.tick(0);
  assert.deepEqual(opened, ["3 at 40"]);
});

test("the Menu key opens it at the button", () => {
  assert.equal(ask("article"), true);
  assert.deepEqual(opened, ["3 at button"]);
});

test("links, selected text and Shift keep the browser's own menu", () => {
  assert.equal(ask("a", { button: 2 }), false);
  assert.equal(ask("p", { button: 2, shiftKey: true }), false);
  selected = true;
  assert.equal(ask("p", { button: 2 }), false);
  assert.deepEqual(opened, []);
});

test("a finger's hold opens the sheet once, whoever notices it first", (t) => {
  touch("pointerdown");
  t.mock.timers.tick(450);
  assert.equal(ask("p", { pointerType: "touch" }), true);
  assert.deepEqual(opened, ["sheet of p"]);
  assert.equal(touch("touchend"), true, "the lifted finger focuses nothing under it");
  touch("pointerup");
  touch("pointerdown");
  ask("p", { pointerType: "touch" });
  t.mock.timers.tick(1000);
  assert.deepEqual(opened, ["sheet of p", "sheet of p"]);
});

test("what a screen reader for touch sends without a finger opens the sheet", () => {
  touch("pointerdown");
  touch("pointerup");
  assert.equal(ask("article", { pointerType: "touch" }), true);
  assert.deepEqual(opened, ["sheet of article"]);
});
