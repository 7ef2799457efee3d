// The one path from people's text to the page. What people try on it: hostile.test.js.
import assert from "node:assert/strict";
import { test } from "node:test";
import { JSDOM } from "jsdom";
import markdownIt from "markdown-it";
import { createMarkdown } from "../../../static/js/markdown/markdown.js";
import { isLong } from "../../../static/js/markdown/fold.js";
import { spellings } from "../../../static/js/markdown/rules/mention_rule.js";

const { window } = new JSDOM("");
globalThis.document = window.document;
const { render } = createMarkdown(markdownIt, "https://parley.example");

function html(text) {
  const box = window.document.createElement("div");
  box.append(render(text));
  return box;
}

test("what is written is what is read", () => {
  assert.equal(html("a **b** *c* ~~d~~ `e`").innerHTML.replaceAll("\n", ""), '<p dir="auto">a <strong>b</strong> <em>c</em> <s>d</s> <code dir="ltr">e</code></p>');
  assert.equal(html("one\ntwo").querySelectorAll("br").length, 1);
  assert.equal(html("- a\n- b").querySelectorAll("li").length, 2);
  assert.equal(html("> quoted").querySelectorAll("blockquote p").length, 1);
  assert.equal(html("```\nif (a < b) {}\n```").querySelector("pre code").textContent, "if (a < b) {}\n");
  assert.equal(html("<b>not bold</b>").textContent.trim(), "<b>not bold</b>");
});

test("the library may be minified, and its functions nameless", () => {
  const nameless = (options) => {
    const markdown = markdownIt(options);
    for (const { ruler } of [markdown.block, markdown.inline, markdown.core]) {
      for (const { name, fn, alt } of [...ruler.__rules__]) ruler.at(name, ((...words) => fn(...words)), { alt });
    }
    return markdown;
  };
  const box = window.document.createElement("div");
  box.append(createMarkdown(nameless).render("> quoted\n\n- item\n\n|a|b|\n|-|-|\n|1|2|\n\n`code` <https://b.example>"));
  assert.deepEqual([...box.querySelectorAll("blockquote, ul, table, code, a")].map(({ localName }) => localName), ["blockquote", "ul", "table", "code", "a"]);
});

test("a text of nothing but links stays text, and so does one beyond any measure", () => {
  assert.equal(html("a.de/1 ".repeat(150)).querySelectorAll("a").length, 150);
  assert.equal(html("a.de/1 ".repeat(250)).querySelectorAll("a").length, 0);
  const long = `**${"<b>".repeat(20_000)}**`;
  assert.equal(html(long).innerHTML.replaceAll("&lt;b&gt;", "<b>"), `<p class="plain" dir="auto">${long}</p>`);
});

test("a log of a thousand lines is code, however many marks it has", () => {
  const log = "- **x** [y] <z> `a` _b_\n".repeat(1000);
  assert.equal(html(`\`\`\`\n${log.slice(0, 12_000)}\`\`\``).querySelectorAll("pre").length, 1);
});

test("names are found where the server finds them", () => {
  const names = (text) => [...html(text).querySelectorAll(".mention")].map((node) => node.textContent);
  assert.deepEqual(names("Hello @Alice, and @BOB! (@al-so) *@c* _@d_ ask @e."), ["@Alice", "@BOB", "@al-so", "@c", "@d", "@e"]);
  for (const text of ["a@b.example", "@a@b", "x/@a", "https://b.example/@a", "\\@a", "@@a", "@é", "@ a", "`@a`", "```\n@a\n```", "[@a](https://b.example)"]) {
    assert.deepEqual(names(text), [], text);
  }
  assert.deepEqual(spellings("al.so-I"), ["al.so-i", "al.so", "al"]);
});

test("a letter keeps its accents, but not a heap of them", () => {
  assert.equal(html("Việt xẛ̣̇ n\u0303\u0301").textContent.trim(), "Việt xẛ̣̇ n\u0303\u0301");
  assert.equal(html(`Z${"\u0301".repeat(100)}!`).textContent.trim(), `Z${"\u0301".repeat(4)}!`);
});

test("what is long is told by its length", () => {
  assert.equal(isLong("a\n".repeat(26)), true);
  assert.equal(isLong("a\n".repeat(20)), false);
  assert.equal(isLong("a".repeat(3000)), true);
});

test("links are found and made safe", () => {
  const link = html("see example.org/a?b=1 now").querySelector("a");
  assert.equal(link.getAttribute("href"), "http://example.org/a?b=1");
  assert.equal(link.rel, "noopener noreferrer nofollow");
  assert.equal(link.target, "_blank");
  assert.equal(link.title, "http://example.org/a?b=1");
  const named = html("[runbook](https://example.org)").querySelector("a");
  assert.deepEqual([named.textContent, named.title], ["runbook", "https://example.org"]);
  assert.equal(html("https://example.org/").querySelector("a").title, "");
});

test("a list begins with the number that was written", () => {
  assert.deepEqual([...html("7) seven\n8) eight").querySelectorAll("li")].map(({ value }) => value), [7, 8]);
  assert.equal(html("1. one").querySelector("li").value, 1);
});

test("code says its language, if it names one", () => {
  const classOf = (info) => html(`\`\`\`${info}\nx\n\`\`\``).querySelector("code").getAttribute("class");
  assert.deepEqual(["c++", "", "a.b", "x".repeat(21), "two words"].map(classOf), ["language-c++", null, null, null, null]);
});

test("a link leads to one place or nowhere", () => {
  const addresses = (text) => [...html(text).querySelectorAll("a")].map((link) => link.getAttribute("href"));
  assert.deepEqual(addresses("[see <https://b.example> there](https://a.example)"), ["https://a.example"]);
  for (const text of ["[x]()", "[x](/accounts/logout/)", "[x](//a.example)", "[x](ftp://a.example)"]) assert.deepEqual(addresses(text), [], text);
});

test("a link into our own rooms stays in this tab, and no other one of ours does", () => {
  assert.equal(html("https://parley.example/rooms/sea/7/").querySelector("a").target, "");
  assert.equal(html("https://parley.example/accounts/logout/").querySelector("a").target, "_blank");
  assert.equal(html("https://parley.example.evil.example/rooms/sea/").querySelector("a").target, "_blank");
});
