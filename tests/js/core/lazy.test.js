// What is fetched when somebody asks for it: once, again after a failure, and without losing what was pressed meanwhile.
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { JSDOM } from "jsdom";

const { window } = new JSDOM('<p id="toast" hidden></p><main></main>', { url: "http://localhost/" });
const { document, CustomEvent, KeyboardEvent } = window;
Object.assign(globalThis, { document, CustomEvent, KeyboardEvent, matchMedia: () => ({ matches: false }), requestIdleCallback: (act) => setTimeout(act) });
// What jsdom has not, or not where a browser has it.
Object.assign(globalThis, { AbortController: window.AbortController, addEventListener: window.addEventListener.bind(window) });
for (const name of ["show", "showModal"]) window.HTMLDialogElement.prototype[name] = function open() { this.open = true; };
window.HTMLDialogElement.prototype.close = function close() { this.open = false; };
const { lazyDialog, preload, lazyDialogContent, lazy } = await import("../../../static/js/core/lazy.js");
const { openDialog } = await import("../../../static/js/dialogs/layers.js");

const turn = () => new Promise((done) => setTimeout(done));
const toast = document.getElementById("toast");
let dialog, box, form;

/** A fetch that ends when the test says so. */
function fetching() {
  const { promise, resolve, reject } = withResolvers();
  return { make: () => promise, come: resolve, fail: () => reject(new Error("not reached")) };
}

function withResolvers() {
  const parts = {};
  parts.promise = new Promise((resolve, reject) => Object.assign(parts, { resolve, reject }));
  return parts;
}

function press(key) {
  return box.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
}

beforeEach(() => {
  toast.hidden = true;
  document.querySelector("main").innerHTML = "<dialog><form><input></form></dialog>";
  [dialog, box, form] = ["dialog", "input", "form"].map((css) => document.querySelector(css));
});

test("a part is made once, and again only after a failure", async () => {
  let tries = 0;
  const part = lazy(async () => { if (++tries === 1) throw new Error("not reached"); return "made"; });
  await assert.rejects(part());
  assert.deepEqual(await Promise.all([part(), part()]), ["made", "made"]);
  assert.equal(tries, 2);
});

test("a dialog shows itself once it is here, and says where it is not to be had", async () => {
  const shown = [];
  const script = fetching();
  lazyDialog(script.make).open("room", "back");
  script.come({ open: (...where) => shown.push(where) });
  await turn();
  assert.deepEqual(shown, [["room", "back"]]);
  lazyDialog(async () => { throw new Error("not reached"); }).open();
  await turn();
  assert.equal(toast.hidden, false);
});

test("a dialog opens at once, and keeps what was typed and pressed until its script is here", async () => {
  const script = fetching();
  const did = [];
  lazyDialogContent(dialog, async () => {
    await script.make();
    dialog.addEventListener("opening", () => did.push(`opening ${box.value}`));
    box.addEventListener("keydown", (event) => { did.push(event.key); if (event.key === "ArrowDown") event.preventDefault(); });
    form.addEventListener("submit", (event) => { did.push("submit"); event.preventDefault(); });
  });
  openDialog(dialog);
  assert.equal(dialog.open, true);
  box.value = "sea";
  assert.equal(press("a"), true);
  assert.equal(press("ArrowDown"), false);
  assert.equal(press("Enter"), false);
  assert.deepEqual(did, []);
  script.come();
  await turn();
  assert.deepEqual(did, ["opening sea", "ArrowDown", "Enter", "submit"]);

  // From then on it is a dialog like any other.
  press("Enter");
  dialog.close();
  openDialog(dialog);
  await turn();
  assert.deepEqual(did.slice(4), ["Enter", "opening sea"]);
});

test("what was pressed in a dialog that is closed again does nothing", async () => {
  const script = fetching();
  const did = [];
  lazyDialogContent(dialog, async () => { await script.make(); box.addEventListener("keydown", ({ key }) => did.push(key)); });
  openDialog(dialog);
  press("Enter");
  dialog.close();
  script.come();
  await turn();
  assert.deepEqual(did, []);
});

test("a dialog whose script is not to be had closes, and is tried again", async () => {
  let script = fetching();
  let opened = 0;
  lazyDialogContent(dialog, async () => { await script.make(); dialog.addEventListener("opening", () => { opened += 1; }); });
  openDialog(dialog);
  script.fail();
  await turn();
  assert.deepEqual([dialog.open, toast.hidden], [false, false]);
  script = fetching();
  openDialog(dialog);
  script.come();
  await turn();
  assert.deepEqual([dialog.open, opened], [true, 1]);
});

test("what nobody asked for yet is fetched when there is time, and what failed the next time", async () => {
  let tries = 0;
  lazy(async () => { if (++tries === 1) throw new Error("not reached"); });
  await preload();
  await preload();
  await preload();
  assert.equal(tries, 2);
});
