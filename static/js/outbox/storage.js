// Where unsent messages are kept: in the browser, apart for each person, so that they outlive the page and leave as
// nobody else's. Where the browser keeps nothing, they live as long as the page, and the rows say so.

const NAME = "parley";
const STORE = "outbox";

export class IndexedStorage {
  lasting = true;      // whether what is put here outlives the page
  #opened = null;

  constructor(userId, factory = globalThis.indexedDB) {
    this.userId = userId;
    this.factory = factory;
  }

  /** This person's entries; null once nothing lasts any more, so that what the page has is all there is. */
  async load() {
    const mine = IDBKeyRange.bound([this.userId], [this.userId, []]);
    const rows = await this.#do("readonly", (store) => store.getAll(mine));
    return rows?.map(({ entry }) => entry) ?? null;
  }

  async put(entry) {
    await this.#do("readwrite", (store) => store.put({ user: this.userId, client_id: entry.client_id, entry }));
  }

  async remove(clientId) {
    await this.#do("readwrite", (store) => store.delete([this.userId, clientId]));
  }

  /** Forbidden, full or broken: nothing of it must stop the writing. */
  async #do(mode, act) {
    if (!this.lasting) return null;
    try {
      const database = await (this.#opened ??= this.#open());
      return await finished(database.transaction(STORE, mode), act);
    } catch {
      this.lasting = false;
      return null;
    }
  }

  async #open() {
    const request = this.factory.open(NAME, 1);
    request.onupgradeneeded = () => request.result.createObjectStore(STORE, { keyPath: ["user", "client_id"] });
    const database = await answered(request);
    const reopen = () => { this.#opened = null; };
    database.onclose = reopen;
    database.onversionchange = () => { database.close(); reopen(); };
    return database;
  }
}

export class MemoryStorage {
  lasting = false;
  #entries = new Map();

  async load() { return [...this.#entries.values()]; }
  async put(entry) { this.#entries.set(entry.client_id, { ...entry }); }
  async remove(clientId) { this.#entries.delete(clientId); }
}

function answered(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
    request.onblocked = () => reject(new Error("blocked"));
  });
}

function finished(transaction, act) {
  return new Promise((resolve, reject) => {
    const request = act(transaction.objectStore(STORE));
    transaction.oncomplete = () => resolve(request.result);
    transaction.onerror = transaction.onabort = () => reject(transaction.error);
  });
}
