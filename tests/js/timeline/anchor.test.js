// The position in the timeline, where the window changes its size or was not shown before.
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { Anchor } from "../../../static/js/timeline/anchor.js";

const ROWS = 40;
let width, shown, scroller, list, resized, scrolled, anchor;

const rowHeight = () => (width > 800 ? 20 : 30);       // texts take more lines where it is narrow

class Scroller extends EventTarget {
  #top = 0;
  get clientWidth() { return shown ? width : 0; }
  get clientHeight() { return shown ? 200 : 0; }
  get scrollHeight() { return shown ? ROWS * rowHeight() : 0; }
  get scrollTop() { return this.#top; }
  getBoundingClientRect() { return { top: 0, bottom: this.clientHeight }; }
  scrollTo({ top }) { this.#top = Math.max(0, Math.min(top, this.scrollHeight - this.clientHeight)); }
  moveTo(top) { this.scrollTo({ top }); this.dispatchEvent(new Event("scroll")); }
}

beforeEach(() => {
  [width, shown, scrolled] = [1280, true, []];
  globalThis.ResizeObserver = class { constructor(act) { resized = act; } observe() {} };
  scroller = new Scroller();
  const row = (at) => ({ isConnected: true, offsetHeight: 20, dataset: { seq: String(at + 1) }, getBoundingClientRect: () => ({ top: at * rowHeight() - scroller.scrollTop, bottom: (at + 1) * rowHeight() - scroller.scrollTop }) });
  list = { children: Array.from({ length: ROWS }, (_, at) => row(at)) };
  anchor = new Anchor(scroller, list, { onScroll: (byPerson) => scrolled.push(byPerson), endIsLatest: () => true });
});

test("at the end of a room, a narrower window is still at its end, whatever is drawn before it is noticed", () => {
  anchor.toEnd();
  width = 700;
  anchor.hold(() => {});
  resized();
  assert.equal(anchor.following, true);
  assert.equal(anchor.fromEnd, 0);
});

test("the browser's own scrolling after a change of size is not a person's", () => {
  anchor.toEnd();
  width = 700;
  scroller.moveTo(scroller.scrollTop);
  assert.equal(anchor.fromEnd, 0);
});

test("further up, the row under the eye stays there", () => {
  anchor.toEnd();
  scroller.moveTo(205);
  width = 700;
  anchor.hold(() => {});
  assert.equal(list.children[10].getBoundingClientRect().top, -5);
  assert.equal(anchor.following, false);
});

test("a room that was drawn while it was hidden opens at its newest message", () => {
  anchor.toEnd();
  scroller.moveTo(100);
  shown = false;
  anchor.reset();
  anchor.hold(() => {});
  shown = true;
  anchor.hold(() => {});
  assert.equal(anchor.fromEnd, 0);
});

test("only what a person scrolls counts as a sign of somebody", () => {
  anchor.toEnd();
  scroller.dispatchEvent(new Event("scroll"));
  scroller.moveTo(300);
  assert.deepEqual(scrolled, [false, true]);
});
