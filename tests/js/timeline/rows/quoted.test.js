// A message whose address is in a text is quoted below it.
import assert from "node:assert/strict";
import { test } from "node:test";
import { JSDOM } from "jsdom";

const { window } = new JSDOM("", { url: "https://parley.example/" });
globalThis.document = window.document;
const { linkedQuote } = await import("../../../../static/js/timeline/rows/quoted.js");

const message = { room: 7, seq: 42, author: { id: 2, handle: "mei", name: "Mei" }, sent_at: 1_795_500_000_000, text: "**so** it `is`" };
const prose = (markup) => Object.assign(document.createElement("div"), { innerHTML: markup });
const linked = prose('<a href="https://parley.example/rooms/sea/42/">there</a>');

test("it has the words as they are shown, whose they are, and the room if it is another one", () => {
  const node = linkedQuote({ message, sign: "#Sea", blocked: false }, linked, "/rooms/sea/42/");
  assert.equal(node.getAttribute("href"), "/rooms/sea/42/");
  assert.equal(node.querySelector(".linked-quote__text").textContent, "so it is");
  assert.match(node.querySelector(".linked-quote__head").textContent, /Mei#Sea/u);
});

test("an address in code is not quoted", () => {
  assert.equal(linkedQuote({ message, sign: "", blocked: false }, prose("<code>https://parley.example/rooms/sea/42/</code>"), "/rooms/sea/42/"), null);
});

test("what was deleted, or is by somebody who is blocked, is not shown", () => {
  assert.match(linkedQuote({ message: { ...message, deleted: true }, sign: "", blocked: true }, linked, "/rooms/sea/42/").textContent, /This message was deleted/u);
  assert.doesNotMatch(linkedQuote({ message, sign: "", blocked: true }, linked, "/rooms/sea/42/").textContent, /so it is/u);
});
