// What stands in for uc.micro.
import assert from "node:assert/strict";
import { test } from "node:test";
import * as library from "uc.micro";
import * as ours from "../../../../static/js/markdown/stand_ins/characters.js";

const BEYOND = 0x10000;
const one = (source) => new RegExp(`^(?:${source})$`);
const differing = (is, was, end) => Array.from({ length: end }, (_, code) => String.fromCharCode(code)).filter((each) => is.test(each) !== was.test(each));

test("the tables that linkify-it builds on are the library's, up to U+FFFF", () => {
  for (const name of ["Any", "Cc", "P", "Z"]) {
    assert.deepEqual(differing(one(ours[name].source), one(library[name].source), BEYOND), [], name);
  }
});

test("punctuation and signs are what the browser says, pictures too", () => {
  for (const character of ["!", "„", "،", "。", "𐄀"]) assert.equal(ours.P.test(character), true, character);
  for (const character of ["$", "+", "€", "😀"]) assert.equal(ours.S.test(character), true, character);
  for (const character of ["a", "é", "7", " ", "語"]) assert.equal(ours.P.test(character) || ours.S.test(character), false, character);
});
