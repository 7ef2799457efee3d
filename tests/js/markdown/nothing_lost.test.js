// For random texts: every letter that was typed is on the screen, but for marks that took effect. SEED and RUNS repeat or extend it.
import assert from "node:assert/strict";
import { test } from "node:test";
import { domainToUnicode } from "node:url";
import { JSDOM } from "jsdom";
import markdownIt from "markdown-it";
import { createMarkdown } from "../../../static/js/markdown/markdown.js";
import { shownText } from "../shown_text.js";

const SEED = Number(process.env.SEED ?? 7);
const RUNS = Number(process.env.RUNS ?? 800);
const { window } = new JSDOM("");
globalThis.document = window.document;
const { render } = createMarkdown(markdownIt, "https://parley.example");

const PIECES = [
  ..."*_~`|[]()<>#-+=.,:;!?\\/@&'\"0159 aZéя語の한א😀", " ", " ", "\n", "\n", "\n\n", "    ", "\t", "**", "__", "~~", "||", "```", "~~~", "- ", "* ", "1. ", "2) ", "> ", ">", "# ", "- [ ] ", "|a|b|\n|-|-|\n|",
  "word", "two words", "https://b.example/x", "example.com", "main.py", "[a](", "](https://b.example)", "[b](/rooms/sea/)", "](event)", "<https://b.example>", "me@b.example", "@ada", "＠ada", "&nbsp;", "```js\n", "\n```", "です。", "**重要：**", "\\*", "\\_", "ツ", "(*´", "*)", "^_^", ">>> ", "+ ", "__init__", "* * ", "*.*",
];
const LETTER = /[\p{L}\p{N}\p{So}]/gu;

/** mulberry32: the same texts for the same seed. */
function random(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** The text of the nodes, with what took effect: a link's address, an item's number, a task's box. */
function shownWithEffects(box) {
  for (const link of box.querySelectorAll("a[href]:not([dir])")) link.append(` ${decodeURI(link.getAttribute("href"))} ${domainToUnicode(new URL(link.href).hostname)}`);
  for (const item of box.querySelectorAll("li")) item.prepend(`${item.getAttribute("value") ?? ""} `);
  for (const done of box.querySelectorAll("input[checked]")) done.after("x X");
  return shownText(box);
}

/** Each letter of `typed`, in this order, in `shown`; returns what is missing first, or null. */
function missing(typed, shown) {
  const left = new Map();
  for (const [letter] of shown.matchAll(LETTER)) left.set(letter, (left.get(letter) ?? 0) + 1);
  for (const [letter] of typed.matchAll(LETTER)) {
    const count = left.get(letter) ?? 0;
    if (!count) return letter;
    left.set(letter, count - 1);
  }
  return null;
}

test(`${RUNS} random texts lose no letter`, () => {
  const next = random(SEED);
  for (let run = 0; run < RUNS; run += 1) {
    const typed = Array.from({ length: 1 + Math.floor(next() * 24) }, () => PIECES[Math.floor(next() * PIECES.length)]).join("").trim();
    const box = window.document.createElement("div");
    box.append(render(typed));
    assert.equal(missing(typed, shownWithEffects(box)), null, JSON.stringify({ SEED, run, typed, shown: box.innerHTML }));
  }
});
