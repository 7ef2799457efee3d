// An excerpt has the words as they are shown, cut between letters as people see them.
import assert from "node:assert/strict";
import { test } from "node:test";
import { JSDOM } from "jsdom";
import { excerpt, placesOf } from "../../../static/js/search/excerpt.js";

globalThis.document = new JSDOM("").window.document;
/** What was found in brackets. */
const marked = (text, ...found) => excerpt(text, placesOf(found)).map((piece, at) => (at % 2 ? `[${piece}]` : piece)).join("");

for (const [text, found, line] of [
  ["a red boat", ["boat"], "a red [boat]"],
  ["*italic* boat", ["italic"], "[italic] boat"],
  ["> a boat\n```js\nboat();\n```", ["boat"], "a [boat] [boat]();"],
  ["the **big** boat", ["big** boat"], "the [big boat]"],
  ["[docs](https://b.example/boat)", ["boat"], "docs"],
  ["||the boat|| sank", ["boat"], "[Spoiler] sank"],
  ["boats and a boat", ["boat"], "boats and a [boat]"],
  ["Café café", ["Café", "café"], "[Café] [café]"],
  ["東京都に行く", ["京都"], "東[京都]に行く"],
  ["iPhone15を買う", ["iPhone15"], "[iPhone15]を買う"],
  ["C++ and C#", ["C++"], "[C++] and C#"],
  ["this → that ⭐", ["→", "⭐"], "this [→] that [⭐]"],
  ["2**10 is 1024", ["10"], "2**[10] is 1024"],
  ["a [b] $c", ["[b] $c"], "a [[b] $c]"],
  ["two\n\n  lines", ["lines"], "two [lines]"],
  ["nothing of it", [], "nothing of it"],
]) test(`${JSON.stringify(text)} shows what was found`, () => assert.equal(marked(text, ...found), line));

test("of a long message the part is shown that matters", () => {
  const text = `${"before ".repeat(100)}the **boat**${" after".repeat(100)}`;
  const line = marked(text, "boat");
  assert.match(line, /^…before before .*the \[boat\] after.*…$/u);
  assert.ok(line.length <= 246, String(line.length));
  assert.match(marked(text), /^before before/u);
});

test("it is never cut within a letter", () => {
  for (const letter of ["😀", "👩‍👩‍👧‍👦", "n\u0303", "🇳🇴"]) {
    const line = marked(letter.repeat(400) + " boat " + letter.repeat(400), "boat");
    assert.equal(line.replaceAll(letter, "").replace(/\s/gu, ""), "…[boat]…", letter);
  }
});

test("a hostile message and many places cost little", () => {
  const began = performance.now();
  for (const text of ["**a** ".repeat(1_600), "😀".repeat(4_000), "a ".repeat(4_000), "`".repeat(8_000)]) marked(text, "a", "a a", "x** y** z");
  assert.ok(performance.now() - began < 1_500);
});
