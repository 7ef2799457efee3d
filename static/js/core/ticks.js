// One clock for everything that counts seconds, so that two countdowns on a page never differ.

const listeners = new Set();
let timer = null;

/** @param {() => void} listener */
export function everySecond(listener) {
  listeners.add(listener);
  timer ??= setInterval(() => { for (const each of listeners) each(); }, 1000);
}
