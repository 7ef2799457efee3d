// An IndexedDB database with one object store, as promises.

export class Database {
  /** @type {Promise<IDBDatabase> | null} */
  #opened = null;

  /**
   * @param {string} name
   * @param {string} store
   * @param {string | string[]} keyPath
   * @param {IDBFactory} [factory]
   */
  constructor(name, store, keyPath, factory = globalThis.indexedDB) {
    this.name = name;
    this.store = store;
    this.keyPath = keyPath;
    this.factory = factory;
  }

  /**
   * Runs `act(store)` in one transaction. Resolves, once it is committed, with the result of the request that `act` returns;
   * rejects where the browser forbids storage, or has no space left.
   * @param {IDBTransactionMode} mode
   * @param {(store: IDBObjectStore) => any} act
   */
  async run(mode, act) {
    const opened = this.#opened ??= this.#open().catch((error) => { this.#opened = null; throw error; });
    const database = await opened;
    const transaction = database.transaction(this.store, mode);
    return new Promise((resolve, reject) => {
      const request = act(transaction.objectStore(this.store));
      transaction.oncomplete = () => resolve(request?.result);
      transaction.onerror = transaction.onabort = () => reject(transaction.error);
    });
  }

  async #open() {
    const request = this.factory.open(this.name, 1);
    request.onupgradeneeded = () => request.result.createObjectStore(this.store, { keyPath: this.keyPath });
    const database = await answerOf(request);
    const reopen = () => { this.#opened = null; };
    database.onclose = reopen;
    // A later version must not wait for this tab to be closed.
    database.onversionchange = () => { database.close(); reopen(); };
    return database;
  }
}

/**
 * @param {IDBOpenDBRequest} request
 * @returns {Promise<IDBDatabase>}
 */
function answerOf(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
    request.onblocked = () => reject(new Error("blocked"));
  });
}
