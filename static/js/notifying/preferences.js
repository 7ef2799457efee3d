// How this device may call me: kept in this browser, the same in all its tabs.

import { Emitter } from "../emitter.js";

const KEPT = "notifying";
const AT_FIRST = { sound: false, desktop: false, quiet: false, from: "22:00", to: "07:00" };

/** Tells `change`. */
export class Preferences extends Emitter {
  #now = { ...AT_FIRST, ...read() };

  constructor() {
    super();
    addEventListener("storage", ({ key }) => {
      if (key !== KEPT) return;
      this.#now = { ...AT_FIRST, ...read() };
      this.emit("change");
    });
  }

  get now() { return this.#now; }

  set(change) {
    this.#now = { ...this.#now, ...change };
    try { localStorage.setItem(KEPT, JSON.stringify(this.#now)); } catch { /* then it holds for this page */ }
    this.emit("change");
  }
}

function read() {
  try { return JSON.parse(localStorage.getItem(KEPT)) ?? {}; } catch { return {}; }
}
