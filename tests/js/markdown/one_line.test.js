// A quotation of a message has the words as they are shown.
import assert from "node:assert/strict";
import { test } from "node:test";
import { JSDOM } from "jsdom";
import { oneLine } from "../../../static/js/markdown/one_line.js";

const { window } = new JSDOM("");
globalThis.document = window.document;

test("what took no effect stays, and marks that did are gone", () => {
  for (const [text, line] of [
    ["2**10 is 1024", "2**10 is 1024"], [">= 5 items", ">= 5 items"], ["¯\\_(ツ)_/¯", "¯\\_(ツ)_/¯"], ["**bold** and *thin*", "bold and thin"], ["> quoted\nanswer", "quoted answer"],
    ["```python\nprint(1)\n```", "print(1)"], ["[docs](https://b.example)", "docs"], ["* one\n* two", "one two"], ["- 5 °C\n+ sun", "– 5 °C + sun"], ["3. three\n5. five", "3. three 5. five"], ["1) one", "1) one"], ["a\n\n    b", "a b"], ["> so **said**\n`she`,  ~~not~~ he_wrote_it", "so said she, not he_wrote_it"],
  ]) assert.equal(oneLine(text), line, text);
});

test("a spoiler stays one", () => assert.equal(oneLine("it was ||the butler||"), "it was [Spoiler]"));

test("it is cut between letters as people see them", () => {
  for (const letter of ["😀", "👩‍👩‍👧‍👦", "ń", "🇳🇴"]) assert.equal(oneLine(`${"a".repeat(159)}${letter}b`, 160), `${"a".repeat(159)}${letter}`);
  assert.equal(oneLine("a".repeat(300)).length, 160);
});
