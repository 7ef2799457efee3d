// A spoiler is covered until somebody asks for it.
import assert from "node:assert/strict";
import { test } from "node:test";
import { JSDOM } from "jsdom";
import markdownIt from "markdown-it";
import { createMarkdown } from "../../../static/js/markdown/markdown.js";
import { coverSpoilers } from "../../../static/js/markdown/spoilers.js";

const { window } = new JSDOM("");
globalThis.document = window.document;
const { render } = createMarkdown(markdownIt, "https://parley.example");

function spoilerOf(text) {
  const box = window.document.createElement("div");
  box.append(render(text));
  coverSpoilers(box);
  return box.querySelector(".spoiler");
}

test("a covered spoiler says that it is one, and not what is in it", () => {
  const node = spoilerOf("||the butler||");
  assert.deepEqual([node.getAttribute("role"), node.tabIndex, node.getAttribute("aria-label")], ["button", 0, "Spoiler"]);
});

test("a click uncovers it and follows no link in it; the next click does", () => {
  const node = spoilerOf("||[who](https://b.example)||");
  const click = () => node.querySelector("a").dispatchEvent(new window.MouseEvent("click", { bubbles: true, cancelable: true }));
  assert.equal(click(), false);
  assert.equal(node.hasAttribute("role"), false);
  assert.equal(click(), true);
});

test("Enter and Space uncover it, other keys do not", () => {
  for (const [key, covered] of [["a", true], ["Tab", true], ["Enter", false], [" ", false]]) {
    const node = spoilerOf("||the butler||");
    node.dispatchEvent(new window.KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
    assert.equal(node.hasAttribute("role"), covered, key);
  }
});
