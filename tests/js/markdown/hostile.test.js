// What people try, on the one path from their text to the page. The same corpus is tried in a browser: functional_tests/test_hostile.py.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { JSDOM } from "jsdom";
import markdownIt from "markdown-it";
import { createMarkdown } from "../../../static/js/markdown/markdown.js";

const { window } = new JSDOM("");
globalThis.document = window.document;
const { render } = createMarkdown(markdownIt);
const corpus = JSON.parse(readFileSync(new URL("../../hostile/corpus.json", import.meta.url)))
  .map(({ name, parts }) => ({ name, text: parts.map(([part, times]) => part.repeat(times)).join("") }));

const ALLOWED = new Set(["P", "BR", "STRONG", "EM", "S", "CODE", "PRE", "BLOCKQUOTE", "UL", "OL", "LI", "A", "SPAN", "TABLE", "THEAD", "TBODY", "TR", "TH", "TD", "INPUT"]);
const ATTRIBUTES = new Set(["href", "rel", "target", "title", "dir", "value", "class", "data-language", "type", "checked", "disabled"]);
const CLASSES = /^(?:plain|mention|room|link-host|code-lines|spoiler|task|heading heading--[123]|items--(?:plus|minus|bracket)|cell--(?:right|center)|language-[\w#+-]+)$/;
const WITHIN_MS = 50;
const TRIES = 5;      // the fastest counts: what else the machine does is not the text's fault

// The processor's time, since other tests run beside this one.
const spent = () => { const { user, system } = process.cpuUsage(); return (user + system) / 1000; };

test("everything in the corpus renders inert", () => {
  for (const { name, text } of corpus) {
    const box = window.document.createElement("div");
    box.append(render(text));
    for (const node of box.querySelectorAll("*")) {
      assert.ok(ALLOWED.has(node.nodeName), `${name}: ${node.nodeName}`);
      for (const { name: attribute } of node.attributes) assert.ok(ATTRIBUTES.has(attribute), `${name}: ${attribute}`);
      if (node.hasAttribute("class")) assert.match(node.className, CLASSES, name);
      if (node.hasAttribute("href")) assert.match(node.getAttribute("href"), /^(?:https?|mailto):/, name);
      if (node.hasAttribute("href")) assert.equal(node.rel, "noopener noreferrer nofollow", name);
    }
  }
});

test("nothing in the corpus heaps accents", () => {
  for (const { name, text } of corpus) assert.doesNotMatch(render(text).textContent, /\p{M}{5}/u, name);
});

test("everything in the corpus renders in 50 ms", () => {
  for (const { text } of corpus) render(text);      // not the first of its kind: that one is compiled, too
  for (const { name, text } of corpus) {
    const fastest = Math.min(...Array.from({ length: TRIES }, () => { const start = spent(); render(text); return spent() - start; }));
    assert.ok(fastest < WITHIN_MS, `${name} took ${fastest} ms`);
  }
});

test("a table that never ends, or has one row too wide, is looked at once", () => {
  for (const text of ["|-\n".repeat(2600), `${"a|b\n-|-\n".repeat(70)}a|b|c\n`.repeat(6), `|a|b|\n|-|-|\n${"|1|2|\n".repeat(60)}|1|2|3|`]) {
    render(text);
    const fastest = Math.min(...Array.from({ length: TRIES }, () => { const start = spent(); render(text); return spent() - start; }));
    assert.ok(fastest < WITHIN_MS, `${text.slice(0, 20)} took ${fastest} ms`);
  }
});
