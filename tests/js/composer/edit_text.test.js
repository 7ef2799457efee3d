// Help with writing changes only what it must, so that the browser can undo it apart from the typing.
import assert from "node:assert/strict";
import { test } from "node:test";
import { JSDOM } from "jsdom";
import { changeText, difference, replaceRange } from "../../../static/js/composer/edit_text.js";

const { window } = new JSDOM(`<textarea id="box"></textarea><textarea id="hidden" hidden></textarea><input id="other">`);
Object.assign(globalThis, { document: window.document, Event: window.Event });
const box = document.getElementById("box");
const commands = [];

function typed(text) {
  box.value = text;
  commands.length = 0;
}

test("only the piece that differs is replaced, and never half a character", () => {
  assert.deepEqual(difference("so it is", "so **it** is"), { from: 3, to: 5, put: "**it**" });
  assert.deepEqual(difference("aa", "aaa"), { from: 2, to: 2, put: "a" });
  assert.deepEqual(difference("same", "same"), { from: 4, to: 4, put: "" });
  assert.deepEqual(difference("😀", "😁"), { from: 0, to: 2, put: "😁" });      // they share their first half
  assert.deepEqual(difference("🐀", "😀"), { from: 0, to: 2, put: "😀" });      // and these their second
  for (const [before, after] of [["abc", "abd"], ["", "x"], ["x", ""], ["one two", "two"]]) {
    const { from, to, put } = difference(before, after);
    assert.equal(before.slice(0, from) + put + before.slice(to), after);
  }
});

test("the browser's own command is used, so that Ctrl+Z works", () => {
  document.execCommand = (...command) => { commands.push([...command, box.selectionStart, box.selectionEnd]); return true; };
  typed("Ask @bo");
  replaceRange(box, 4, 7, "@bob ");
  assert.deepEqual(commands, [["insertText", false, "@bob ", 4, 7]]);
  typed("abc");
  changeText(box, { text: "ac", start: 1, end: 1 });
  assert.deepEqual(commands, [["delete", false, "", 1, 2]]);
  delete document.execCommand;
});

test("a browser without the command, and a box that cannot have the focus, are written to directly", () => {
  let inputs = 0;
  box.addEventListener("input", () => { inputs += 1; });
  typed("Ask @bo");
  replaceRange(box, 4, 7, "@bob ");
  assert.deepEqual([box.value, box.selectionStart, inputs], ["Ask @bob ", 9, 1]);
  document.execCommand = () => assert.fail("it would write into what has the focus");
  const hidden = document.getElementById("hidden");
  document.getElementById("other").focus();
  hidden.focus = () => {};
  replaceRange(hidden, 0, 0, "x");
  assert.equal(hidden.value, "x");
  delete document.execCommand;
});
