// Of one person's tabs in a browser exactly one notifies, and none while another one shows the room to somebody. Both are
// locks: they end with the tab that holds them, however it ends.

const HOLD = 10_000;     // all tabs receive a message well within this time
const TOLD = "told";

export class OneTab {
  #release = null;       // releases the lock of the room that this tab shows

  constructor({ locks = globalThis.navigator?.locks, storage = globalThis.localStorage, hold = HOLD } = {}) {
    this.locks = locks;
    this.storage = storage;
    this.hold = hold;
    this.looking = null;
  }

  /** This tab shows a room to somebody; null: it does not. */
  look(roomId) {
    if (roomId === this.looking) return;
    this.looking = roomId;
    this.#release?.();
    this.#release = null;
    if (roomId === null || !this.locks) return;
    this.locks.request(lookingAt(roomId), { mode: "shared" }, () => new Promise((/** @type {(value?: unknown) => void} */ release) => {
      if (this.looking === roomId) this.#release = release;
      else release();
    })).catch(() => {});
  }

  /** Whether any tab shows the room to somebody. */
  async isLookedAt(roomId) {
    if (this.looking === roomId) return true;
    if (!this.locks) return false;
    const { held } = await this.locks.query();
    return held.some(({ name }) => name === lookingAt(roomId));
  }

  /** Whether this tab notifies about a message: one tab gets it. */
  async claim({ room, seq }) {
    const name = `parley ${TOLD} ${room}/${seq}`;
    if (!this.locks) return this.#claimWithoutLocks(name);
    return new Promise((claimed) => {
      this.locks.request(name, { ifAvailable: true }, (lock) => {
        claimed(Boolean(lock));
        return lock && new Promise((release) => setTimeout(release, this.hold));
      }).catch(() => claimed(true));
    });
  }

  // Without locks (an address without https) two tabs can notify about the same message.
  #claimWithoutLocks(name) {
    try {
      if (this.storage.getItem(TOLD) === name) return false;
      this.storage.setItem(TOLD, name);
    } catch { /* then each tab decides by itself */ }
    return true;
  }
}

function lookingAt(roomId) { return `parley looking at ${roomId}`; }
