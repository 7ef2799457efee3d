// Menus and other popovers: they say whether they are open, and close when the focus leaves them.
import assert from "node:assert/strict";
import { test } from "node:test";
import { JSDOM } from "jsdom";

const { window } = new JSDOM(`<button id="opener" data-opens="menu" aria-haspopup="menu"></button><input id="box">
  <div id="menu" popover><div role="menu"><button role="menuitem"></button></div></div><div id="card" popover><button id="in-card"></button></div>`);
const { document } = window;
Object.assign(globalThis, { document, CustomEvent: window.CustomEvent, matchMedia: () => ({ matches: true }) });
const open = new Set();
// jsdom knows no popovers.
Object.assign(window.HTMLElement.prototype, {
  showPopover() { open.add(this); toggle(this, "open"); },
  hidePopover() { open.delete(this); toggle(this, "closed"); },
});
const matches = window.Element.prototype.matches;
window.Element.prototype.matches = function matchesOrIsOpen(css) { return css === ":popover-open" ? open.has(this) : matches.call(this, css); };
document.hasFocus = () => true;
const { openPopover, startLayers } = await import("../../../static/js/dialogs/layers.js");
startLayers();

const byId = (id) => document.getElementById(id);
const isOpen = (id) => open.has(byId(id));

function toggle(node, newState) {
  node.dispatchEvent(Object.assign(new window.Event("toggle"), { newState }));
}

function press(node, key) {
  return !node.dispatchEvent(new window.KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
}

test("what opens a menu says whether it is open, from the start", () => {
  assert.equal(byId("opener").getAttribute("aria-expanded"), "false");
  openPopover(byId("menu"), byId("opener"));
  assert.equal(byId("opener").getAttribute("aria-expanded"), "true");
  assert.equal(document.activeElement.getAttribute("role"), "menuitem");
  byId("menu").hidePopover();
  assert.equal(byId("opener").getAttribute("aria-expanded"), "false");
});

test("Tab ends a menu, and goes nowhere behind it", () => {
  openPopover(byId("menu"), byId("opener"));
  assert.equal(press(document.activeElement, "Tab"), true);
  assert.equal(isOpen("menu"), false);
});

test("a popover closes when the focus goes to something outside of it", () => {
  openPopover(byId("card"), byId("opener"));
  byId("box").focus();
  assert.equal(isOpen("card"), false);
});

test("Tab from its last element leads back to what opened it, and not behind it", async () => {
  openPopover(byId("card"), byId("opener"));
  press(byId("in-card"), "Tab");
  document.activeElement.blur();       // as the browser leaves the last element
  await new Promise((done) => setTimeout(done, 5));
  assert.equal(isOpen("card"), false);
  assert.equal(document.activeElement, byId("opener"));
});
