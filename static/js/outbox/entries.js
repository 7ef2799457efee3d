// This tab's copy of the stored entries: read at once, written through, and read again after another tab wrote.

import { inOrder } from "./entry.js";

export class Entries {
  #known = new Map();     // client id → entry
  #changes = 0;
  #writing = new Set();
  #lasting;

  /** `changed(rooms)` is called after each change, here or in another tab. */
  constructor(storage, tabs, changed) {
    this.storage = storage;
    this.tabs = tabs;
    this.changed = changed;
    this.#lasting = storage.lasting;
    tabs.onChange(() => this.restore());
  }

  get all() { return [...this.#known.values()]; }
  get rooms() { return new Set(this.all.map((entry) => entry.room)); }
  get(clientId) { return this.#known.get(clientId) ?? null; }
  of(room) { return this.all.filter((entry) => entry.room === room).sort(inOrder); }

  /** An order after all others, even if the clocks of two tabs differ. */
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

  put(entry) {
    this.#known.set(entry.client_id, entry);
    this.#write(this.storage.put(entry), entry.room);
  }

  change(clientId, changes) { this.put({ ...this.get(clientId), ...changes }); }

  remove(entry) {
    this.#known.delete(entry.client_id);
    this.#write(this.storage.remove(entry.client_id), entry.room);
  }

  /** Resolves when the other tabs can read all changes of this one. */
  async written() { await Promise.all(this.#writing); }

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
