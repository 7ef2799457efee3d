// What stands in for the library of this name: HTML's named characters, from the browser's own table.
import assert from "node:assert/strict";
import { test } from "node:test";
import { decodeHTMLStrict as theirs } from "entities";
import { JSDOM } from "jsdom";

globalThis.DOMParser = new JSDOM("").window.DOMParser;
const { decodeHTMLStrict: ours } = await import("../../../static/js/prose/entities.js");

test("a name is read as by the library", () => {
  for (const text of ["&amp;", "&lt;", "&copy;", "&auml;", "&Auml;", "&frac12;", "&nbsp;", "&ngE;", "&CounterClockwiseContourIntegral;", "&semi;"]) {
    assert.equal(ours(text), theirs(text), text);
    assert.notEqual(ours(text), text);
  }
});

test("what names no character, or does so only in part, stays as it is", () => {
  for (const text of ["&nothing;", "&notit;", "&ampx;", "&copy", "&;", "& amp;", "&#65;", "&<b>;", `&${"a".repeat(60)};`]) assert.equal(ours(text), text);
});

test("a name is asked for once, and however many names there are, few are remembered", () => {
  let asked = 0;
  const { parseFromString } = DOMParser.prototype;
  DOMParser.prototype.parseFromString = function (...text) { asked += 1; return parseFromString.apply(this, text); };
  try {
    assert.deepEqual([ours("&hearts;"), ours("&hearts;"), asked], ["♥", "♥", 1]);
    for (let number = 0; number < 4001; number += 1) ours(`&x${number};`);
    assert.deepEqual([ours("&hearts;"), asked], ["♥", 4003]);
  } finally {
    DOMParser.prototype.parseFromString = parseFromString;
  }
});
