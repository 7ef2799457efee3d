// Code that is pasted may be sent as code.
import assert from "node:assert/strict";
import { test } from "node:test";
import { JSDOM } from "jsdom";

const { window } = new JSDOM('<form><textarea id="write"></textarea></form>', { url: "http://localhost/" });
Object.assign(globalThis, { document: window.document, Event: window.Event });
const { asCode, followPastes, looksLikeCode } = await import("../../../static/js/composer/paste_as_code.js");

const CODE = "def f(x):\n    if x:\n        return 1\n\n    return 2";

test("several lines of which some are indented look like code", () => {
  for (const text of [CODE, "{\n\t\"a\": 1\n}", "  two\n  lines"]) assert.ok(looksLikeCode(text), text);
  for (const text of ["one line", "    one line", "two\nlines", "- a\n  - b\n  - c", "1. a\n   2. b", "```\n  fenced\n```", ""]) assert.ok(!looksLikeCode(text), text);
});

test("a part becomes a block that nothing in it closes", () => {
  const put = (before, part, behind = "") => asCode(before + part + behind, before.length, before.length + part.length).text;
  assert.equal(put("", CODE), `\`\`\`\n${CODE}\n\`\`\``);
  assert.equal(put("look: ", CODE, " ok?"), `look:\n\`\`\`\n${CODE}\n\`\`\`\nok?`);
  assert.equal(put("", "  a\n  ```\n  b\n"), "````\n  a\n  ```\n  b\n````");
});

test("a paste of code is offered, and sent as code", async () => {
  const box = window.document.getElementById("write");
  const sent = [];
  box.form.requestSubmit = () => sent.push(box.value);
  followPastes(box);
  const offer = box.previousElementSibling;
  const paste = async (text) => {
    box.dispatchEvent(Object.assign(new window.Event("paste"), { clipboardData: { getData: () => text } }));
    box.value += text;
    await new Promise((done) => setTimeout(done, 5));
  };
  await paste("plain words");
  assert.ok(offer.hidden);
  box.value = "";
  await paste(CODE);
  assert.ok(!offer.hidden);
  box.value = "another room";
  box.dispatchEvent(new window.Event("focus"));
  assert.ok(offer.hidden);
  box.value = "";
  await paste(CODE);
  offer.querySelector("button").click();
  assert.deepEqual(sent, [`\`\`\`\n${CODE}\n\`\`\``]);
  assert.ok(offer.hidden);
});
