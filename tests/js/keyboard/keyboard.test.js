// The keys of the page: one table, which the help shows and the handlers ask.
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { beforeEach, test } from "node:test";
import { JSDOM } from "jsdom";

const { window } = new JSDOM(`<main><button id="page"></button><textarea id="box"></textarea><input type="radio" id="choice">
  <div popover><button id="menu"></button></div></main><dialog><button id="over"></button></dialog>`);
globalThis.document = window.document;
const { Keyboard } = await import("../../../static/js/keyboard/keyboard.js");
const { isChord, isKey, isSingle, movesCaret } = await import("../../../static/js/keyboard/key_match.js");
const { TABLE } = await import("../../../static/js/keyboard/key_table.js");

const SOURCES = new URL("../../../static/js/", import.meta.url);
const NAMES = TABLE.flatMap(([, rows]) => rows.flatMap(([, keys]) => Object.keys(keys)));
const BY_THE_BROWSER = ["newLine"];
const BY_WHAT_IS_WRITTEN = ["mention", "emoji"];     // what they offer depends on the word at the caret

const preferences = { now: { letters: true } };
let pressed = [];

beforeEach(() => { preferences.now.letters = true; pressed = []; });

const keyboard = new Keyboard(preferences);
for (const name of ["reply", "search", "present", "back", "nextRoom"]) keyboard.on(name, () => { pressed.push(name); });
keyboard.on("jump", () => { pressed.push("jump"); }, { overDialogs: true });

/** Press a key somewhere; returns whether the browser was kept from doing what it would. */
function press(id, key, held = {}) {
  return !document.getElementById(id).dispatchEvent(new window.KeyboardEvent("keydown", { key, bubbles: true, cancelable: true, ...held }));
}

test("every key in the help is asked for somewhere, and no other", () => {
  const source = readdirSync(SOURCES, { recursive: true }).filter((name) => name.endsWith(".js") && !name.endsWith("table.js"))
    .map((name) => readFileSync(new URL(name, SOURCES), "utf8")).join("\n");
  const asked = NAMES.filter((name) => new RegExp(`"${name}"`).test(source));
  const others = [...BY_THE_BROWSER, ...BY_WHAT_IS_WRITTEN];
  assert.deepEqual([...new Set([...asked, ...others])].sort(), [...NAMES].sort());
  assert.throws(() => isKey("no such key", { key: "x" }));
});

test("no two keys of the page are the same", () => {
  const combinations = TABLE.slice(0, 2).flatMap(([, rows]) => rows.flatMap(([, keys]) => Object.values(keys)));
  assert.equal(new Set(combinations).size, combinations.length);
});

test("a key is known with exactly what is held, a sign wherever it lies", () => {
  assert.equal(isKey("jump", { key: "k", ctrlKey: true }, false), true);
  assert.equal(isKey("jump", { key: "k", metaKey: true }, true), true);
  assert.equal(isKey("jump", { key: "k", ctrlKey: true }, true), false);
  assert.equal(isKey("previousMessage", { key: "k", ctrlKey: true }, false), false);
  assert.equal(isKey("help", { key: "?", shiftKey: true }, false), true);
  assert.equal(isKey("send", { key: "Enter", shiftKey: true }, false), false);
  assert.equal(isKey("newLine", { key: "Enter", shiftKey: true }, false), true);
  assert.deepEqual(["react", "end", "jump"].filter((name) => NAMES.includes(name)).map(isSingle), [true, false]);
  assert.deepEqual(["nextRoom", "newLine", "reply"].map(isChord), [true, false, false]);
});

test("single keys hold on the page, and not while one writes, chooses or is in a menu", () => {
  for (const id of ["page", "box", "choice", "menu"]) press(id, "r");
  assert.deepEqual(pressed, ["reply"]);
  assert.equal(press("box", "r"), false);
});

test("keys with Ctrl or Alt hold while one writes, too", () => {
  assert.equal(press("box", "k", { ctrlKey: true }), true);
  press("box", "ArrowDown", { altKey: true });
  assert.deepEqual(pressed, ["jump", "nextRoom"]);
});

test("⌥ and an arrow move the caret in a text on a Mac, and lead to another room from an empty box", () => {
  const box = (value) => ({ localName: "textarea", value });
  assert.deepEqual([movesCaret("nextRoom", box("text"), true), movesCaret("nextRoom", box(""), true), movesCaret("nextRoom", box("text"), false)], [true, false, false]);
  assert.deepEqual([movesCaret("jump", box("text"), true), movesCaret("nextRoom", { localName: "article" }, true)], [false, false]);
});

test("single letters and signs can be turned off; named keys stay", () => {
  preferences.now.letters = false;
  for (const key of ["r", "/", "End", "Escape"]) press("page", key);
  assert.deepEqual(pressed, ["present", "back"]);
});

test("over a dialog only what asks for it holds", () => {
  const dialog = document.querySelector("dialog");
  dialog.open = true;
  press("over", "End");
  press("over", "k", { ctrlKey: true });
  dialog.open = false;
  assert.deepEqual(pressed, ["jump"]);
});

test("what nobody has a use for stays the browser's", () => {
  assert.equal(press("page", "r"), true);
  assert.equal(press("page", "x"), false);
  keyboard.on("edit", () => false);
  assert.equal(press("page", "e"), false);
});
