// Messages that were just written, until the database has them. The database answers later, and a tab that is closed right after
// Enter never hears it; what is put here is stored when the call returns, and the person's other tabs are told of it.

import { browserStorage } from "../storage/browser_storage.js";

export class Journal {
  /**
   * @param {number} userId
   * @param {import("../storage/browser_storage.js").TextStorage} [storage]
   * @param {Pick<EventTarget, "addEventListener">} [page]
   */
  constructor(userId, storage = browserStorage(), page = globalThis) {
    this.prefix = `unsent ${userId} `;
    this.storage = storage;
    this.page = page;
  }

  /** @returns {OutboxEntry[]} */
  get all() {
    const keys = this.storage.keys().filter((key) => key.startsWith(this.prefix));
    return keys.flatMap((key) => parsed(this.storage.get(key)));
  }

  /** @param {OutboxEntry} entry */
  put(entry) { this.storage.set(this.prefix + entry.client_id, JSON.stringify(entry)); }
  /** @param {string} clientId */
  remove(clientId) { this.storage.remove(this.prefix + clientId); }

  /** Calls `listener` after another tab put something here. @param {() => void} listener */
  onPut(listener) {
    this.page.addEventListener?.("storage", (event) => {
      const { key, newValue } = /** @type {StorageEvent} */ (event);
      if (newValue && key?.startsWith(this.prefix)) listener();
    });
  }
}

/** @param {string | null} stored @returns {OutboxEntry[]} */
function parsed(stored) {
  try { return stored ? [JSON.parse(stored)] : []; } catch { return []; }
}
