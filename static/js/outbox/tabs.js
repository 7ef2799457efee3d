// One person's tabs share one outbox: only one of them sends for a room at a time, and each learns of what the others
// changed. The lock goes with the tab, so that another takes over in the moment the first is closed.

export class Tabs {
  #last = new Map();     // without locks: name → the end of what holds it in this tab

  constructor(name, { locks = globalThis.navigator?.locks, Channel = globalThis.BroadcastChannel } = {}) {
    this.name = name;
    this.locks = locks;
    this.channel = Channel ? new Channel(name) : null;
  }

  /** Do it while no other tab does the like. */
  hold(what, act) {
    const name = `${this.name} ${what}`;
    // Locks are for secure addresses. Elsewhere two tabs may send the same: the server stores an id once.
    if (this.locks) return this.locks.request(name, act).catch(() => { this.locks = null; });
    const turn = (this.#last.get(name) ?? Promise.resolve()).then(act);
    this.#last.set(name, turn.catch(() => {}));
    return turn;
  }

  /** Tell the other tabs that something changed. */
  tell() { this.channel?.postMessage(null); }

  onChange(listener) {
    this.channel?.addEventListener("message", () => listener());
  }
}
