// What the outbox's tests stand on: a clock that is moved by hand, locks and a channel as tabs of one browser share them.
import { setImmediate as turn } from "node:timers/promises";
import { Outbox } from "../../../static/js/outbox/outbox.js";
import { MemoryStorage } from "../../../static/js/outbox/storage.js";
import { Tabs } from "../../../static/js/outbox/tabs.js";

export class Clock {
  now = 1_000;
  #timers = [];

  later = (act, delay) => { this.#timers.push({ act, at: this.now + delay }); };

  /** Let time pass, doing what falls due in its order. */
  async pass(milliseconds) {
    const end = this.now + milliseconds;
    for (;;) {
      await settle();
      const next = this.#timers.filter(({ at }) => at <= end).sort((one, other) => one.at - other.at)[0];
      if (!next) break;
      this.#timers.splice(this.#timers.indexOf(next), 1);
      this.now = Math.max(this.now, next.at);
      next.act();
    }
    this.now = end;
    await settle();
  }
}

/** Enough turns of the loop for every promise that waits for nothing else. */
export async function settle() {
  for (let turns = 0; turns < 8; turns++) await turn();
}

export class Locks {
  #held = new Map();

  request(name, act) {
    const run = (this.#held.get(name) ?? Promise.resolve()).then(act);
    this.#held.set(name, run.catch(() => {}));
    return run;
  }
}

export function channels() {
  const open = new Set();
  return class extends EventTarget {
    constructor() { super(); open.add(this); }
    postMessage() { for (const other of open) if (other !== this) setImmediate(() => other.dispatchEvent(new Event("message"))); }
  };
}

let next = 0;

/** One tab: its outbox, and what it sent with the means to answer. */
export function openTab({ clock = new Clock(), storage = new MemoryStorage(), tabs = new Tabs("outbox 1", { locks: new Locks(), Channel: null }) } = {}) {
  const sent = [];
  const request = (entry) => new Promise((resolve, reject) => sent.push({ ...entry, resolve, reject }));
  const outbox = new Outbox({ storage, tabs, request, newId: () => `id-${++next}`, now: () => clock.now, later: clock.later });
  return { outbox, sent, clock, storage };
}

/** A seeded source of chance: a run that failed can be repeated. */
export function randomBy(seed) {
  let value = seed;
  return () => { value = (value * 48271) % 2147483647; return value / 2147483647; };
}
