// The people, where they are laid over the room.
import assert from "node:assert/strict";
import { test } from "node:test";
import { JSDOM } from "jsdom";

const { window } = new JSDOM(`<main id="main"><button id="here"></button><button id="people-toggle"></button><textarea id="write"></textarea>
  <aside id="people"><button id="people-close"></button><button data-user-id="1"></button></aside></main>`);
const { document } = window;
Object.assign(globalThis, { document, matchMedia: () => ({ matches: false, addEventListener() {} }) });
window.Element.prototype.checkVisibility = function isShown() { return this.id !== "here"; };
const { startPanes } = await import("../../../static/js/rooms/panes.js");
startPanes({ on() {} }, () => {});

const byId = (id) => document.getElementById(id);
const isOpen = () => "open" in byId("people").dataset;

test("they get the focus, give it back to what opened them, and never cover what has it next", () => {
  byId("people-toggle").click();
  assert.deepEqual([isOpen(), document.activeElement.id], [true, "people-close"]);
  byId("people-close").click();
  assert.deepEqual([isOpen(), document.activeElement.id], [false, "people-toggle"]);
  byId("people-toggle").click();
  byId("write").focus();
  assert.deepEqual([isOpen(), document.activeElement.id], [false, "write"]);
});
