// Keys of an input method never reach us: a person who writes Chinese chooses a word by Enter, and nothing else happens.
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { isForInputMethod } from "../../../static/js/core/input_method.js";
import { isKey, stepOf } from "../../../static/js/keyboard/key_match.js";

const SCRIPTS = fileURLToPath(new URL("../../../static/js/", import.meta.url));
const key = (name, more = {}) => ({ key: name, code: "", ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, isComposing: false, keyCode: 13, ...more });

test("a key while composing, a processed key and Safari's Enter after the composition belong to the input method", () => {
  assert.equal(isForInputMethod(key("Enter", { isComposing: true })), true);
  assert.equal(isForInputMethod(key("Process", { keyCode: 0 })), true);
  assert.equal(isForInputMethod(key("Enter", { isComposing: false, keyCode: 229 })), true);
  assert.equal(isForInputMethod(key("Enter")), false);
});

test("no key of the table is recognised in it", () => {
  for (const more of [{ isComposing: true }, { keyCode: 229 }]) {
    assert.equal(isKey("send", key("Enter", more), false), false);
    assert.equal(isKey("back", key("Escape", more), false), false);
    assert.equal(stepOf(key("ArrowDown", more)), 0);
  }
  assert.equal(isKey("send", key("Enter"), false), true);
});

test("every script that reads a key asks first", () => {
  for (const name of readdirSync(SCRIPTS, { recursive: true })) {
    const text = name.endsWith(".js") ? readFileSync(SCRIPTS + name, "utf8") : "";
    if (/\bevent\.key\b/.test(text)) assert.match(text, /isForInputMethod\(/, name);
    if (!name.endsWith("input_method.js")) assert.doesNotMatch(text, /event\.isComposing|\b229\b/, name);
  }
});

test("a shortcut works on a keyboard of Russian, Greek or Hebrew letters, and by its sign on one of Latin ones", () => {
  for (const letter of ["л", "κ", "ל", "ن", "लय", "ิ"]) assert.equal(isKey("jump", key(letter, { code: "KeyK", ctrlKey: true }), false), true, letter);
  assert.equal(isKey("jump", key("t", { code: "KeyK", ctrlKey: true }), false), false);      // Dvorak
});

test("what a key gives on a layout of other letters, and the place of the key", () => {
  const layouts = {
    Russian: { к: "KeyR", у: "KeyE", д: "KeyL", ь: "KeyM", з: "KeyP", г: "KeyU", о: "KeyJ", л: "KeyK" },
    Greek: { ρ: "KeyR", ε: "KeyE", λ: "KeyL", μ: "KeyM", π: "KeyP", θ: "KeyU", ξ: "KeyJ", κ: "KeyK" },
    Hebrew: { ר: "KeyR", ק: "KeyE", ך: "KeyL", צ: "KeyM", פ: "KeyP", ו: "KeyU", ח: "KeyJ", ל: "KeyK" },
    Arabic: { ق: "KeyR", ث: "KeyE", م: "KeyL", ة: "KeyM", ح: "KeyP", ع: "KeyU", ت: "KeyJ", ن: "KeyK" },
  };
  const names = { KeyR: "reply", KeyE: "edit", KeyL: "link", KeyM: "moderate", KeyP: "people", KeyU: "unread", KeyJ: "nextMessage", KeyK: "previousMessage" };
  for (const [layout, letters] of Object.entries(layouts)) {
    for (const [letter, code] of Object.entries(letters)) assert.equal(isKey(names[code], key(letter, { code }), false), true, `${layout} ${letter}`);
  }
  assert.equal(isKey("bold", key("لا", { code: "KeyB", ctrlKey: true }), false), true);     // two letters on one key
  assert.equal(isKey("search", key("/", { code: "KeyQ" }), false), true);                    // Hebrew
  assert.equal(isKey("search", key(".", { code: "Slash" }), false), false);                  // Russian: a full stop is one
});
