// A dialog is seen at once and modal in the frame after, or as soon as anybody could tell the difference.
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { showModal } from "../../../static/js/dialogs/show_modal.js";

let frames;
let input;          // what the page hears
let above;          // what lies above the page already

beforeEach((t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  frames = [];
  input = new EventTarget();
  above = null;
  globalThis.requestAnimationFrame = (act) => frames.push(act);
  globalThis.addEventListener = input.addEventListener.bind(input);
  globalThis.document = { hidden: false, querySelector: () => above };
  globalThis.document.activeElement = { focus: () => dialog.did.push("focus the opener") };
  t.after(() => { for (const name of ["requestAnimationFrame", "addEventListener", "document"]) delete globalThis[name]; });
});

let dialog;
const newDialog = () => {
  const did = [];
  return dialog = {
    did, open: false,
    show() { did.push("show"); this.open = true; },
    showModal() { assert.equal(this.open, false, "an open dialog cannot become modal"); did.push("modal"); this.open = true; },
    removeAttribute(name) { assert.equal(name, "open"); this.open = false; },
  };
};
const MODAL = ["show", "focus the opener", "modal"];

test("it is shown first, and modal once that was painted", (t) => {
  showModal(newDialog());
  assert.deepEqual(dialog.did, ["show"]);
  frames.shift()();
  t.mock.timers.tick(0);
  assert.deepEqual(dialog.did, MODAL);
});

for (const kind of ["keydown", "pointerdown"]) {
  test(`a ${kind} meets a modal dialog, however early it comes`, (t) => {
    showModal(newDialog());
    input.dispatchEvent(new Event(kind));
    assert.deepEqual(dialog.did, MODAL);
    input.dispatchEvent(new Event(kind));
    frames.shift()();
    t.mock.timers.tick(0);
    assert.deepEqual(dialog.did, MODAL, "once is enough");
  });
}

test("one that was closed meanwhile stays closed", (t) => {
  showModal(newDialog());
  dialog.open = false;
  frames.shift()();
  t.mock.timers.tick(0);
  assert.deepEqual(dialog.did, ["show"]);
});

test("above another one, or a menu, it is modal at once", () => {
  above = {};
  showModal(newDialog());
  assert.deepEqual(dialog.did, ["modal"]);
});
