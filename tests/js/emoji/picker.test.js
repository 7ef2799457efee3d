// The grid of emoji is one stop for the Tab key, and says its size once.
import assert from "node:assert/strict";
import { test } from "node:test";
import { JSDOM } from "jsdom";

const { window } = new JSDOM(`<div id="emoji-picker" popover><input id="emoji-search"><div id="emoji-groups"></div><div id="emoji-grid" role="listbox"></div><p id="emoji-said"></p></div>
  <div id="live-regions"><div></div><div></div></div>`);
const { document } = window;
Object.assign(globalThis, { document, matchMedia: () => ({ matches: true }), requestAnimationFrame: (act) => act() });
window.HTMLCanvasElement.prototype.getContext = () => null;
window.HTMLElement.prototype.showPopover = () => {};
const { EmojiPicker } = await import("../../../static/js/emoji/picker.js");

const NAMES = { ready: async () => true, groups: [], find: (words) => (words === "heart" ? [{ emoji: "❤️", words: "heart" }] : []) };
const turn = () => new Promise((done) => setTimeout(done, 5));
const options = () => [...document.querySelectorAll("#emoji-grid [role=option]")];
const stops = () => options().filter(({ tabIndex }) => tabIndex === 0).map((each) => options().indexOf(each));

function press(key) {
  document.activeElement.dispatchEvent(new window.KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
  return options().indexOf(document.activeElement);
}

test("arrows, Home and End move in the grid, and Tab stops at one of it", async (t) => {
  await new EmojiPicker(NAMES).open(document.body, () => {});
  await turn();
  assert.equal(options().length, 24);
  assert.deepEqual(stops(), [0]);
  options()[0].focus();
  assert.deepEqual(["ArrowRight", "ArrowDown", "End", "Home", "ArrowDown"].map(press), [1, 9, 23, 0, 8]);
  assert.deepEqual(stops(), [8]);

  // How many are found is said once the typing ends, and not each emoji twice.
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const search = document.getElementById("emoji-search");
  for (const words of ["h", "heart"]) {
    search.value = words;
    search.dispatchEvent(new window.Event("input"));
  }
  t.mock.timers.tick(500);
  t.mock.timers.tick(0);
  assert.equal(document.getElementById("live-regions").textContent, "1 emoji");
  assert.equal(document.getElementById("emoji-said").getAttribute("role"), null);
});
