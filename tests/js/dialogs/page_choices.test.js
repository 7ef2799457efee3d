// A language that arrow keys pass by is not chosen yet.
import assert from "node:assert/strict";
import { test } from "node:test";
import { JSDOM } from "jsdom";

const { window } = new JSDOM(`<form><select id="language"><option value="en" selected></option><option value="de"></option></select><button id="language-use" hidden></button></form>`);
globalThis.document = window.document;
const { startLanguageChoice } = await import("../../../static/js/dialogs/page_choices.js");

test("an arrow key in the list of languages offers a button, and loads no page", () => {
  const [select, use] = [document.getElementById("language"), document.getElementById("language-use")];
  let sent = 0;
  select.form.addEventListener("submit", (event) => { event.preventDefault(); sent += 1; });
  select.form.submit = () => { sent += 1; };
  startLanguageChoice();
  const choose = (language) => { select.value = language; select.dispatchEvent(new window.Event("change", { bubbles: true })); };
  choose("de");
  assert.deepEqual([use.hidden, sent], [false, 0]);
  choose("en");
  assert.equal(use.hidden, true);
  choose("de");
  use.click();
  assert.equal(sent, 1);
});
