// Loads parts of the page on first use, or earlier while the browser is idle, so that they are there without waiting and
// without a connection.

import { toast } from "./toast.js";
import { isForInputMethod } from "./input_method.js";
import { gettext } from "./translate.js";

const AT_LATEST = 2000;
const DOES_SOMETHING = ["Enter", "ArrowDown", "ArrowUp"];
/** @type {(() => Promise<any>)[]} */
const parts = [];

/**
 * Returns part() → a promise of the result of `make()`, which is called once; after a failure the next call tries again.
 * @param {() => Promise<any>} make
 */
export function lazy(make) {
  let made = null;
  const part = () => (made ??= make().catch((/** @type {any} */ error) => { made = null; throw error; }));
  parts.push(part);
  return part;
}

/**
 * Do something with a part as soon as it is here; nothing where it cannot be fetched now.
 * @template T
 * @param {() => Promise<T>} part
 * @param {(made: T) => void} act
 */
export function withPart(part, act) {
  part().then(act, () => {});
}

/** A dialog whose script opens it: {open(...where)}, as soon as the script is loaded. @param {() => Promise<any>} make */
export function lazyDialog(make) {
  const part = lazy(make);
  return { open: (/** @type {any[]} */ ...where) => part().then((/** @type {any} */ dialog) => dialog.open(...where), showLoadError) };
}

/**
 * A dialog that opens at once: what works in it is made by `make()` and hears "opening" when it is here, perhaps only after
 * the dialog is open. What is typed until then stays in its box; a key that does something does it then.
 * @param {any} dialog
 * @param {() => Promise<any>} make
 */
export function lazyDialogContent(dialog, make) {
  let here = false;
  const part = lazy(() => make().then(() => { here = true; }));
  dialog.addEventListener("opening", async () => {
    if (here) return;
    const release = holdKeys(dialog);
    try {
      await part();
      if (dialog.open) dialog.dispatchEvent(new CustomEvent("opening"));
    } catch {
      dialog.close();
      showLoadError();
    } finally {
      release();
    }
  });
}

/** Load, one after the other, the parts that were not used yet. Failures are tried again the next time. */
export async function preload() {
  for (const part of parts) {
    await idle();
    await part().catch(() => {});
  }
}

function showLoadError() {
  toast(gettext("That could not be loaded. Check your connection."));
}

/** @param {any} dialog */
function holdKeys(dialog) {
  /** @type {KeyboardEvent[]} */
  const held = [];
  const hold = (/** @type {any} */ event) => {
    if (event.target.localName !== "input" || isForInputMethod(event) || !DOES_SOMETHING.includes(event.key)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    held.push(event);
  };
  dialog.addEventListener("keydown", hold, { capture: true });
  return () => {
    dialog.removeEventListener("keydown", hold, { capture: true });
    if (dialog.open) for (const { target, key } of held) press(target, key);
  };
}

/** @param {any} box @param {string} key */
function press(box, key) {
  const unused = box.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
  if (unused && key === "Enter") box.form?.requestSubmit();
}

function idle() {
  const { requestIdleCallback: whenIdle = (act) => setTimeout(act, AT_LATEST / 10) } = globalThis;     // Safari has none
  return new Promise((resolve) => { whenIdle(resolve, { timeout: AT_LATEST }); });
}
