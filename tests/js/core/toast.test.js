// What was done can be undone in time, also by who needs more of it.
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { JSDOM } from "jsdom";

const { window } = new JSDOM("");
const { document } = window;
globalThis.document = document;
window.Element.prototype.checkVisibility = function isShown() { return !this.closest("[hidden]"); };
const { toast } = await import("../../../static/js/core/toast.js");

let undone, node;

beforeEach((t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  document.body.innerHTML = `<main><button id="before"></button><textarea id="write"></textarea></main><div id="toast" hidden></div><div id="live-regions"><div></div><div></div></div>`;
  undone = 0;
  node = document.getElementById("toast");
});

const show = () => toast("Message deleted", { words: "Undo", act: () => { undone += 1; } });

test("it is said with the key that leads to it, and ends by itself", (t) => {
  show();
  t.mock.timers.tick(0);
  assert.equal(document.getElementById("live-regions").textContent, "Message deleted · Undo: F6");
  t.mock.timers.tick(7000);
  assert.equal(node.hidden, true);
});

test("it does not end under the focus", (t) => {
  show();
  node.querySelector("button").focus();
  t.mock.timers.tick(30_000);
  assert.equal(node.hidden, false);
  document.getElementById("write").focus();
  t.mock.timers.tick(2000);
  assert.equal(node.hidden, true);
});

test("after Undo the focus is where it was, or in the message box", (t) => {
  for (const gone of [false, true]) {
    node.hidden = true;
    document.getElementById("before").focus();
    show();
    node.querySelector("button").focus();
    if (gone) document.getElementById("before").hidden = true;
    node.querySelector("button").click();
    if (document.activeElement !== document.body) document.activeElement.blur();      // as the browser does with a button that is hidden
    t.mock.timers.tick(0);
    assert.equal(document.activeElement.id, gone ? "write" : "before");
  }
  assert.equal(undone, 2);
});

test("over a modal dialog it lies in the dialog, for everything else is inert", () => {
  document.body.insertAdjacentHTML("beforeend", "<dialog open></dialog>");
  show();
  assert.equal(node.parentElement.localName, "dialog");
  node.parentElement.dispatchEvent(new window.Event("close"));
  assert.equal(node.parentElement, document.body);
});
