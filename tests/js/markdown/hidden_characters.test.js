// Nothing that is sent can hide a text or turn it round: tests/js/prose/hidden_characters.test.js
import assert from "node:assert/strict";
import { test } from "node:test";
import { JSDOM } from "jsdom";
import markdownIt from "markdown-it";
import { createMarkdown } from "../../../static/js/markdown/markdown.js";

const { window } = new JSDOM("");
globalThis.document = window.document;
const { render } = createMarkdown(markdownIt, "https://parley.example");
const shown = (text) => render(text).textContent.trim();

test("an override is shown where mallory writes one", () => {
  assert.equal(shown("pay \u202eecila"), "pay [U+202E]ecila");
  assert.equal(shown("`if (a) { // \u202e} \u2066`"), "if (a) { // [U+202E]} [U+2066]");
  assert.equal(shown("```\na\u200bb\u2069\n```"), "a[U+200B]b[U+2069]");
  assert.equal(shown(`${"@".repeat(700)}\u202ex`), `${"@".repeat(700)}[U+202E]x`);      // too dear for Markdown
});

test("what right-to-left scripts and emoji need stays as it was typed", () => {
  for (const text of ["شكرا\u200f!", "می\u200cخواهم", "\u2067שלום\u2069 a", "👩\u200d💻 ❤\ufe0f"]) assert.equal(shown(text), text);
  assert.equal(shown("\u{1f3f4}\u{e0067}\u{e0062}\u{e0073}\u{e0063}\u{e0074}\u{e007f}"), "\u{1f3f4}\u{e0067}\u{e0062}\u{e0073}\u{e0063}\u{e0074}\u{e007f}");
});

test("a text written in tags is no secret", () => {
  assert.equal(shown("hi\u{e0041}\u{e0042}"), "hi[U+E0041][U+E0042]");
});
