// The button on a block of code copies what is in it.
import assert from "node:assert/strict";
import { test } from "node:test";
import { JSDOM } from "jsdom";
import markdownIt from "markdown-it";
import { createMarkdown } from "../../../../static/js/markdown/markdown.js";
import { offerCopies } from "../../../../static/js/markdown/code/copy_code.js";

const { window } = new JSDOM('<div id="toasts"></div>');
globalThis.document = window.document;
const { render } = createMarkdown(markdownIt, "https://parley.example");

test("each block has a button that copies its code and nothing else", () => {
  const copied = [];
  Object.defineProperty(globalThis, "navigator", { configurable: true, value: { clipboard: { writeText: (text) => { copied.push(text); return new Promise(() => {}); } } } });
  const box = window.document.createElement("div");
  box.append(render("```js\nlet a;\n```\n`inline`\n```\n  b\n```"));
  offerCopies(box);
  for (const button of box.querySelectorAll("button")) button.click();
  assert.deepEqual(copied, ["let a;", "  b"]);
});
