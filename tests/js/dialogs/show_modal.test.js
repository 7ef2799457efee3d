// A dialog is seen at once and modal in the frame after, or as soon as anybody could tell the difference; and so it goes.
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { closeModal, showModal } from "../../../static/js/dialogs/show_modal.js";

let frames;
let input;          // what the page hears
let above;          // what lies above the page already: []

beforeEach((t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  frames = [];
  input = new EventTarget();
  above = [];
  globalThis.requestAnimationFrame = (act) => frames.push(act);
  globalThis.addEventListener = input.addEventListener.bind(input);
  globalThis.document = { hidden: false, querySelector: () => above[0] ?? null, querySelectorAll: () => above };
  globalThis.document.activeElement = { focus: () => dialog.did.push("focus the opener") };
  t.after(() => { for (const name of ["requestAnimationFrame", "addEventListener", "document"]) delete globalThis[name]; });
});

let dialog;
const newDialog = () => {
  const did = [];
  const classes = new Set();
  return dialog = {
    did, open: false, classList: { add: (name) => { did.push("hide"); classes.add(name); }, remove: (name) => classes.delete(name), contains: (name) => classes.has(name) },
    matches: () => above.includes(dialog),
    close() { did.push("close"); this.open = false; },
    show() { did.push("show"); this.open = true; },
    showModal() { assert.equal(this.open, false, "an open dialog cannot become modal"); did.push("modal"); this.open = true; },
    removeAttribute(name) { assert.equal(name, "open"); this.open = false; },
    addEventListener(name, act) { this.closed = act; },
    contains: (node) => node === "in the dialog",
  };
};
const MODAL = ["show", "modal"];

test("the opener gets no focus on the way, which would be read aloud, but gets it back at the end, unless something else has it", (t) => {
  const opener = document.activeElement;
  showModal(newDialog());
  frames.shift()();
  t.mock.timers.tick(0);
  assert.deepEqual(dialog.did, MODAL);
  document.activeElement = "the message box";
  dialog.closed();
  assert.deepEqual(dialog.did, MODAL);
  document.activeElement = "in the dialog";
  dialog.closed();
  assert.deepEqual(dialog.did, [...MODAL, "focus the opener"]);
  document.activeElement = opener;
});

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
  above = [{}];
  showModal(newDialog());
  assert.deepEqual(dialog.did, ["modal"]);
});

/** A dialog that is modal already. */
const modalDialog = () => {
  above = [newDialog()];
  dialog.open = true;
  return dialog;
};

function nextFrame(t) {
  frames.shift()();
  t.mock.timers.tick(0);
}

test("it is hidden first, and closed once that was painted", (t) => {
  closeModal(modalDialog());
  assert.deepEqual(dialog.did, ["hide"]);
  closeModal(dialog);
  nextFrame(t);
  assert.deepEqual(dialog.did, ["hide", "close"], "once is enough");
  assert.equal(dialog.classList.contains("dialog--closing"), false, "it can be shown again");
});

for (const kind of ["keydown", "pointerdown"]) {
  test(`a ${kind} meets the page again, however early it comes`, (t) => {
    closeModal(modalDialog());
    input.dispatchEvent(new Event(kind));
    assert.deepEqual(dialog.did, ["hide", "close"]);
    nextFrame(t);
    assert.deepEqual(dialog.did, ["hide", "close"]);
  });
}

test("the next dialog finds the page as it is without the last one", () => {
  const last = modalDialog();
  closeModal(last);
  const closed = last.close;
  last.close = () => { closed.call(last); above = []; };
  showModal(newDialog());
  assert.deepEqual(last.did, ["hide", "close"]);
  assert.deepEqual(dialog.did, ["show"]);
});

test("from above another one, or a menu, it goes at once", () => {
  modalDialog();
  above.push({});
  closeModal(dialog);
  assert.deepEqual(dialog.did, ["close"]);
});

test("one that is not modal yet goes at once", () => {
  newDialog();
  closeModal(dialog);
  assert.deepEqual(dialog.did, ["close"]);
});
