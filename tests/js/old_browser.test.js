// A browser that cannot run the chat is told so.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { runInNewContext } from "node:vm";

const SCRIPT = readFileSync(new URL("../../static/js/old_browser.js", import.meta.url), "utf8");

/** Whether the page says it, in a browser with everything but what `without` takes away. */
function says(without = () => {}) {
  const notice = { hidden: true };
  const browser = {
    HTMLScriptElement: { supports: (kind) => kind === "importmap" }, RegExp, Intl: { Segmenter: class {} }, CSS: { supports: (name, value) => value.startsWith("light-dark") },
    HTMLElement: { prototype: { popover: null, checkVisibility() {} } },
    document: { documentElement: { classList: new Set() }, getElementById: () => notice },
  };
  without(browser);
  runInNewContext(SCRIPT, browser);
  assert.equal(browser.document.documentElement.classList.has("too-old"), !notice.hidden);
  return !notice.hidden;
}

test("a browser that has all the chat needs shows the chat", () => {
  assert.equal(says(), false);
});

test("one without import maps, lookbehind, segmenter, popovers or light-dark() says that it is too old", () => {
  const old = {
    "Safari 16.3": (browser) => { delete browser.HTMLScriptElement.supports; },
    "no lookbehind": (browser) => { browser.RegExp = class { constructor() { throw new SyntaxError("invalid group"); } }; },
    "Firefox 124": (browser) => { delete browser.Intl.Segmenter; },
    "Chrome 113": (browser) => { delete browser.HTMLElement.prototype.popover; },
    "Safari 17.3": (browser) => { delete browser.HTMLElement.prototype.checkVisibility; },
    "Chrome 122": (browser) => { browser.CSS.supports = () => false; },
    "one that has none of these": (browser) => { for (const name of ["HTMLScriptElement", "Intl", "CSS", "HTMLElement"]) delete browser[name]; },
  };
  for (const [name, without] of Object.entries(old)) assert.equal(says(without), true, name);
});
