// What I want on this device: kept in this browser, the same in all its tabs.

import { Emitter } from "./emitter.js";

/** Tells `change`. */
export class Preferences extends Emitter {
  #now;

  /** `name`: under which it is kept; `atFirst`: what holds until one says otherwise. */
  constructor(name, atFirst) {
    super();
    this.name = name;
    this.#now = { ...atFirst, ...read(name) };
    addEventListener("storage", ({ key }) => {
      if (key !== name) return;
      this.#now = { ...atFirst, ...read(name) };
      this.emit("change");
    });
  }

  get now() { return this.#now; }

  set(change) {
    this.#now = { ...this.#now, ...change };
    try { localStorage.setItem(this.name, JSON.stringify(this.#now)); } catch { /* then it holds for this page */ }
    this.emit("change");
  }
}

function read(name) {
  try { return JSON.parse(localStorage.getItem(name)) ?? {}; } catch { return {}; }
}
