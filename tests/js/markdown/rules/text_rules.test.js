// Every kind of text that once was shown as something else: the cases of tests/rules/text.json, whose names the server reads, too.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { JSDOM } from "jsdom";
import markdownIt from "markdown-it";
import { createMarkdown } from "../../../../static/js/markdown/markdown.js";
import { shownText } from "../../shown_text.js";

const { window } = new JSDOM("");
globalThis.document = window.document;
const { render } = createMarkdown(markdownIt, "https://parley.example");
const kinds = JSON.parse(readFileSync(new URL("../../../rules/text.json", import.meta.url)));
const EFFECTS = "a, strong, em, s, code:not(pre code), pre, li, blockquote, th, td, span.spoiler, p.heading, input";

for (const { kind, cases } of kinds) {
  test(kind, () => {
    for (const { typed, shown, as = {}, names = [] } of cases) {
      const box = window.document.createElement("div");
      box.append(render(typed));
      const words = JSON.stringify(typed);
      assert.equal(shownText(box), shown, words);
      for (const [selector, expected] of Object.entries(as)) assert.deepEqual(effects(box, selector, expected), expected, `${words}: ${selector}`);
      const others = [...box.querySelectorAll(EFFECTS)].filter((node) => !Object.keys(as).some((selector) => node.matches(selector)));
      assert.deepEqual(others.map((node) => node.outerHTML), [], words);
      assert.deepEqual([...box.querySelectorAll(".mention")].map((node) => node.textContent.slice(1)), names, words);
    }
  });
}

function effects(box, selector, expected) {
  const nodes = [...box.querySelectorAll(selector)].filter((node) => selector !== "code" || !node.closest("pre"));
  return Array.isArray(expected) ? nodes.map(said) : nodes.length;
}

function said(node) {
  if (node.localName === "a") return node.getAttribute("href");
  return node.localName === "li" && node.hasAttribute("value") ? `${node.value} ${shownText(node)}` : shownText(node);
}
