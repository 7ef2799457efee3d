// A button's name is shown to the pointer, and is no second text for who reads by ear.
import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { test } from "node:test";
import { JSDOM } from "jsdom";

const { window } = new JSDOM(`<button aria-label="Send"><svg></svg></button><button title="more of it" aria-label="It"></button>`);
globalThis.document = window.document;
const { startTooltips } = await import("../../../static/js/dialogs/tooltips.js");
const TEMPLATES = new URL("../../../templates/", import.meta.url);

test("the name is a title as long as the pointer is on it", () => {
  startTooltips();
  const [send, other] = document.querySelectorAll("button");
  send.firstChild.dispatchEvent(new window.Event("pointerover", { bubbles: true }));
  assert.equal(send.title, "Send");
  send.dispatchEvent(new window.Event("pointerleave"));
  assert.equal(send.hasAttribute("title"), false);
  other.dispatchEvent(new window.Event("pointerover", { bubbles: true }));
  other.dispatchEvent(new window.Event("pointerleave"));
  assert.equal(other.title, "more of it");
});

test("no template says a name twice", () => {
  for (const name of readdirSync(TEMPLATES, { recursive: true }).filter((each) => each.endsWith(".html"))) {
    assert.doesNotMatch(readFileSync(new URL(name, TEMPLATES), "utf8"), /aria-label="(\{% translate '[^']*' %\})"[^>]* title="\1"/, name);
  }
});
