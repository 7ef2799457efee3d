// What stands in for the library get-east-asian-width: the same answer for every letter and sign of Chinese, Japanese and Korean.
import assert from "node:assert/strict";
import { test } from "node:test";
import { eastAsianWidthType as theirs } from "get-east-asian-width";
import { eastAsianWidthType as ours } from "../../../../static/js/markdown/stand_ins/east_asian_width.js";

const CJK = new Set(["wide", "fullwidth", "halfwidth"]);
const BLOCKS = [[0x1100, 0x11ff], [0x3000, 0x30ff], [0x3400, 0x4dbf], [0x4e00, 0x9fff], [0xac00, 0xd7a3], [0xff01, 0xff60]];

test("a character of these scripts is one as in the library", () => {
  for (const [first, last] of BLOCKS) {
    for (let code = first; code <= last; code += 1) {
      // Vowels of old hangul are "neutral" there, and taken for CJK by their script all the same.
      if (/\p{Assigned}/u.test(String.fromCodePoint(code)) && CJK.has(theirs(code))) assert.ok(CJK.has(ours(code)), code.toString(16));
    }
  }
});

test("letters of other scripts, signs and emoji are none", () => {
  for (const character of "aéяאกπ—…→☃😀1") assert.ok(!CJK.has(ours(character.codePointAt(0))), character);
});

test("quotation marks and variants are what their neighbours are", () => {
  for (const code of [0x2018, 0x201d, 0xfe00, 0xe0100]) assert.equal(ours(code), theirs(code));
});
