// What screen readers hear of new messages.
import assert from "node:assert/strict";
import { test } from "node:test";
import { JSDOM } from "jsdom";
import { announcement } from "../../../static/js/status/announcer.js";

globalThis.document = new JSDOM("").window.document;

test("the spoken line is one message in full or a sum", () => {
  const by = (name, text = "hi") => ({ author: { name }, text });
  assert.equal(announcement([by("Mei", "hello")]), "Mei: hello");
  assert.equal(announcement([by("Mei"), by("Ruth"), by("Mei"), by("Dov")]), "4 new from Mei and 2 others");
});
