// Where unsent messages are stored: in the browser, apart for each person, so that they outlive the page and are not sent as
// somebody else. Where the browser stores nothing, they live as long as the page, and their rows say so.

import { Database } from "../storage/database.js";
import { Journal } from "./journal.js";

export class IndexedStorage {
  lasting = true;      // whether what is put here outlives the page

  /**
   * @param {number} userId
   * @param {IDBFactory} [factory]
   * @param {Journal} [journal]
   */
  constructor(userId, factory = globalThis.indexedDB, journal = new Journal(userId)) {
    this.userId = userId;
    this.journal = journal;
    this.database = new Database("parley", "outbox", ["user", "client_id"], factory);
  }

  /**
   * This person's entries; null once nothing lasts any more: then the page's own copy is all there is.
   * @returns {Promise<OutboxEntry[] | null>}
   */
  async load() {
    const rows = await this.#run("readonly", (store) => store.getAll(IDBKeyRange.bound([this.userId], [this.userId, []])));
    if (!rows) return null;
    const entries = rows.map((/** @type {{entry: OutboxEntry}} */ { entry }) => entry);
    const known = new Set(entries.map((/** @type {OutboxEntry} */ { client_id }) => client_id));
    return [...entries, ...this.journal.all.filter(({ client_id }) => !known.has(client_id))];
  }

  /** @param {OutboxEntry} entry */
  async put(entry) {
    if (entry.state === "waiting") this.journal.put(entry);
    await this.#run("readwrite", (store) => store.put({ user: this.userId, client_id: entry.client_id, entry }));
    this.journal.remove(entry.client_id);
  }

  /** @param {string} clientId */
  async remove(clientId) {
    this.journal.remove(clientId);
    await this.#run("readwrite", (store) => store.delete([this.userId, clientId]));
  }

  /** Calls `listener` when another tab wrote something that the database may not have yet. @param {() => void} listener */
  onPut(listener) { this.journal.onPut(listener); }

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
  /** No other tab writes here. */
  onPut() {}
}
