// Enter sends or starts a line, as the device and the person want; Ctrl+Enter always sends.
import assert from "node:assert/strict";
import { test } from "node:test";
import { enterSends } from "../../../static/js/core/enter_key.js";
import { enterKeyHint, isSendKey, keyHint } from "../../../static/js/composer/key_hint.js";

const key = (held = {}) => ({ key: "Enter", code: "Enter", ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, isComposing: false, keyCode: 13, ...held });
const OFF = { enterSends: false };
const ON = { enterSends: true };

test("Enter sends where there is a keyboard, unless the person chose", () => {
  assert.deepEqual([enterSends({}, false), enterSends({}, true), enterSends({ enterSends: null }, true)], [true, false, false]);
  assert.deepEqual([enterSends(OFF, false), enterSends(ON, true)], [false, true]);
});

test("Ctrl+Enter sends everywhere, Enter where it was chosen, Shift+Enter nowhere", () => {
  assert.deepEqual([key(), key({ ctrlKey: true }), key({ shiftKey: true })].map((event) => isSendKey(event, ON)), [true, true, false]);
  assert.deepEqual([key(), key({ ctrlKey: true }), key({ shiftKey: true })].map((event) => isSendKey(event, OFF)), [false, true, false]);
  assert.equal(isSendKey(key({ ctrlKey: true, isComposing: true }), OFF), false);
});

test("the hint, and the Enter key of a touch keyboard, say what it does", () => {
  assert.deepEqual([keyHint(ON, false), keyHint(ON, true)], ["Enter to send, Shift+Enter for a new line", "Enter to save, Esc to cancel"]);
  assert.deepEqual([keyHint(OFF, false), keyHint(OFF, true)], ["Ctrl+Enter to send, Enter for a new line", "Ctrl+Enter to save, Esc to cancel"]);
  assert.deepEqual([enterKeyHint(ON, false), enterKeyHint(ON, true), enterKeyHint(OFF, true)], ["send", "done", "enter"]);
});
