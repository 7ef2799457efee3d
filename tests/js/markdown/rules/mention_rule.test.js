// The same cases as the server's: tests/chat/domain/test_mentions.py.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { JSDOM } from "jsdom";
import markdownIt from "markdown-it";
import { createMarkdown } from "../../../../static/js/markdown/markdown.js";
import { spellings } from "../../../../static/js/markdown/rules/mention_rule.js";
import { linkMentions } from "../../../../static/js/markdown/mention_links.js";

const { window } = new JSDOM("");
globalThis.document = window.document;
const rules = JSON.parse(readFileSync(new URL("../../../rules/mentions.json", import.meta.url)));

for (const { name, spelt } of rules.spellings) {
  test(`"${name}" is spelt as on the server`, () => assert.deepEqual(spellings(name), spelt));
}

for (const { part, times, spelt } of rules.repeated) {
  test(`"${part}" without an end is spelt as on the server`, () => assert.equal(spellings(`${part.repeat(times)}a`).length, spelt));
}

test("M1: a name with 4,000 dots asks for no more people than a handle can have dots", () => {
  const box = window.document.createElement("div");
  box.append(createMarkdown(markdownIt).render(`@${"a.".repeat(3999)}`));
  let asked = 0;
  linkMentions(box, { me: { id: 1 }, everyone: true, personBy: () => { asked += 1; return null; }, person: () => {} });
  assert.ok(asked > 0 && asked <= 30, `${asked} look-ups`);
});

test("a mention runs from left to right within a line that does not", () => {
  const box = window.document.createElement("div");
  box.append(createMarkdown(markdownIt).render("שלום @ada @room"));
  linkMentions(box, { me: { id: 1 }, everyone: true, personBy: () => ({ id: 2, name: "Ada" }), person: () => {} });
  assert.deepEqual([...box.querySelectorAll(".mention")].map((node) => [node.textContent, node.dir]), [["@ada", "ltr"], ["@room", "ltr"]]);
});
