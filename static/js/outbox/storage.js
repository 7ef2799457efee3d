// Where unsent messages are stored: in the browser, apart for each person, so that they outlive the page and are not sent as
// somebody else. Where the browser stores nothing, they live as long as the page, and their rows say so.

import { Database } from "../core/database.js";

export class IndexedStorage {
  lasting = true;      // whether what is put here outlives the page

  /**
   * @param {number} userId
   * @param {IDBFactory} [factory]
   */
  constructor(userId, factory = globalThis.indexedDB) {
    this.userId = userId;
    this.database = new Database("parley", "outbox", ["user", "client_id"], factory);
  }

  /**
   * This person's entries; null once nothing lasts any more: then the page's own copy is all there is.
   * @returns {Promise<OutboxEntry[] | null>}
   */
  async load() {
    const rows = await this.#run("readonly", (store) => store.getAll(IDBKeyRange.bound([this.userId], [this.userId, []])));
    return rows?.map((/** @type {{entry: OutboxEntry}} */ { entry }) => entry) ?? null;
  }

  /** @param {OutboxEntry} entry */
  async put(entry) {
    await this.#run("readwrite", (store) => store.put({ user: this.userId, client_id: entry.client_id, entry }));
  }

  /** @param {string} clientId */
  async remove(clientId) {
    await this.#run("readwrite", (store) => store.delete([this.userId, clientId]));
  }

  /**
   * Storage that is forbidden, full or broken must not stop anybody from writing.
   * @param {IDBTransactionMode} mode
   * @param {(store: IDBObjectStore) => IDBRequest | void} act
   */
  async #run(mode, act) {
    if (!this.lasting) return null;
    try {
      return await this.database.run(mode, act);
    } catch {
      this.lasting = false;
      return null;
    }
  }
}

export class MemoryStorage {
  lasting = false;
  /** @type {Map<string, OutboxEntry>} */
  #entries = new Map();

  async load() { return [...this.#entries.values()]; }
  /** @param {OutboxEntry} entry */
  async put(entry) { this.#entries.set(entry.client_id, { ...entry }); }
  /** @param {string} clientId */
  async remove(clientId) { this.#entries.delete(clientId); }
}
