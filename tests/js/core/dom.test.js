// What all parts of the page build with.
import assert from "node:assert/strict";
import { test } from "node:test";
import { JSDOM } from "jsdom";
import { countOf, el, keep, onSubmit } from "../../../static/js/core/dom.js";

const { window } = new JSDOM("");
globalThis.document = window.document;

test("of a list that is redrawn, the rows that are still wanted stay what and where they are", () => {
  const [one, two, three] = ["one", "two", "three"].map((text) => el("li", {}, el("input", { value: text })));
  const list = el("ul", {}, one, two);
  const moved = [];
  list.insertBefore = (node, next) => { moved.push(node); return window.Node.prototype.insertBefore.call(list, node, next); };
  keep(list, [one, three, two]);
  assert.deepEqual([...list.children], [one, three, two]);
  keep(list, [two]);
  assert.deepEqual([...list.children], [two]);
  assert.deepEqual(moved, [three]);
});

test("a number is seen, and heard as words", () => {
  const [seen, heard] = countOf(120, ", 120 unread");
  assert.deepEqual([seen.textContent, seen.className, seen.getAttribute("aria-hidden")], ["99+", "count count--badge", "true"]);
  assert.deepEqual([heard.textContent, heard.className], [", 120 unread", "visually-hidden"]);
  assert.equal(countOf(1, ", 1 open", false)[0].className, "count");
});

test("a form does what it is for, and does not leave the page", () => {
  const form = el("form");
  let done = 0;
  onSubmit(form, () => { done += 1; });
  const event = new window.Event("submit", { cancelable: true });
  form.dispatchEvent(event);
  assert.deepEqual([done, event.defaultPrevented], [1, true]);
});
