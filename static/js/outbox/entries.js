// This tab's copy of the stored entries: read at once, written through, and read again after another tab wrote.

import { inOrder } from "./entry.js";

export class Entries {
  /** @type {Map<string, OutboxEntry>} */
  #known = new Map();     // client id → entry
  #changes = 0;
  #writing = new Set();
  #lasting;

  /**
   * `changed(rooms)` is called after each change, here or in another tab.
   * @param {OutboxStorage} storage
   * @param {import("./tabs.js").Tabs} tabs
   * @param {(rooms: Set<number>) => void} changed
   */
  constructor(storage, tabs, changed) {
    this.storage = storage;
    this.tabs = tabs;
    this.changed = changed;
    this.#lasting = storage.lasting;
    tabs.onChange(() => this.restore());
    storage.onPut(() => this.restore());
  }

  get all() { return [...this.#known.values()]; }
  get rooms() { return new Set(this.all.map((entry) => entry.room)); }
  /** @param {string} clientId */
  get(clientId) { return this.#known.get(clientId) ?? null; }
  /** @param {number} room */
  of(room) { return this.all.filter((entry) => entry.room === room).sort(inOrder); }

  /** An order after all others, even if the clocks of two tabs differ. @param {number} now */
  nextOrder(now) { return Math.max(now, ...this.all.map((entry) => entry.order + 1)); }

  async restore() {
    const before = this.rooms;
    await this.refresh();
    this.changed(new Set([...before, ...this.rooms]));
  }

  /** Read the stored entries; again if this tab changed them meanwhile. */
  async refresh() {
    let stored;
    let changes;
    do {
      changes = this.#changes;
      stored = await this.storage.load();
    } while (changes !== this.#changes);
    if (stored) this.#known = new Map(stored.map((entry) => [entry.client_id, entry]));
  }

  /** @param {OutboxEntry} entry */
  put(entry) {
    this.#known.set(entry.client_id, entry);
    this.#write(this.storage.put(entry), entry.room);
  }

  /** @param {string} clientId @param {Partial<OutboxEntry>} changes */
  change(clientId, changes) {
    const entry = this.get(clientId);
    if (entry) this.put({ ...entry, ...changes });
  }

  /** @param {OutboxEntry} entry */
  remove(entry) {
    this.#known.delete(entry.client_id);
    this.#write(this.storage.remove(entry.client_id), entry.room);
  }

  /** Resolves when the other tabs can read all changes of this one. */
  async written() { await Promise.all(this.#writing); }

  /** @param {Promise<unknown>} done @param {number} room */
  #write(done, room) {
    this.#changes += 1;
    const told = done.then(() => {
      this.#writing.delete(told);
      this.tabs.tell();
      if (this.#lasting && !this.storage.lasting) this.changed(this.rooms);   // the rows say where they are stored
      this.#lasting = this.storage.lasting;
    });
    this.#writing.add(told);
    this.changed(new Set([room]));
  }
}
