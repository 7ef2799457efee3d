// One person's tabs share an outbox: only one of them sends for a room at a time, and each learns of the others' changes. The
// lock ends with the tab, so that another takes over as soon as the first is closed.

export class Tabs {
  #last = new Map();     // without locks: name → the promise of the last holder in this tab

  /** @param {string} name */
  constructor(name, { locks = globalThis.navigator?.locks, Channel = globalThis.BroadcastChannel } = {}) {
    this.name = name;
    /** @type {LockManager | null | undefined} */
    this.locks = locks;
    this.channel = Channel ? new Channel(name) : null;
  }

  /** Runs `act` while no other tab holds the lock of `what`. @param {number | string} what @param {() => any} act */
  hold(what, act) {
    const name = `${this.name} ${what}`;
    // Locks need a secure address. Elsewhere two tabs can send the same message: the server stores an id once.
    if (this.locks) return this.locks.request(name, act).catch(() => { this.locks = null; });
    const turn = (this.#last.get(name) ?? Promise.resolve()).then(act);
    this.#last.set(name, turn.catch(() => {}));
    return turn;
  }

  /** Notify the other tabs of a change. */
  tell() { this.channel?.postMessage(null); }

  /** @param {() => void} listener */
  onChange(listener) {
    this.channel?.addEventListener("message", () => listener());
  }
}
