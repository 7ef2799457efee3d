// Settings of this device: stored in this browser, the same in all its tabs.

import { Emitter } from "../core/emitter.js";

/** Emits `change`. */
export class Preferences extends Emitter {
  #now;

  /** `name`: the storage key; `atFirst`: the defaults. @param {string} name @param {any} atFirst */
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

  /** @param {object} change */
  set(change) {
    this.#now = { ...this.#now, ...change };
    try { localStorage.setItem(this.name, JSON.stringify(this.#now)); } catch { /* then it is lost with this page */ }
    this.emit("change");
  }
}

/** @param {string} name */
function read(name) {
  try { return JSON.parse(localStorage.getItem(name) ?? "{}"); } catch { return {}; }
}
