// What was last read, kept in the browser: the page's facts and each room with its newest messages. One person's at a time,
// and nothing once they log out. The page writes it, the worker only forgets it.

const NAME = "parley last read";
const STORE = "kept";
const PAGE = "page";
// A later version of the page must not read what an earlier one meant otherwise.
export const FORMAT = 1;

export class LastRead {
  constructor(factory = globalThis.indexedDB) {
    this.factory = factory;
  }

  /** {page, states, at}: when the page was last live; null where nothing is kept, or nothing can be. */
  async load() {
    const rows = await this.#do("readonly", (store) => store.getAll());
    const kept = rows?.find(({ key }) => key === PAGE);
    if (kept?.format !== FORMAT) return null;
    return { page: kept.page, at: kept.at, states: rows.filter(({ state }) => state).map(({ state }) => state) };
  }

  /** `states`: the rooms that changed; every room not among `ids` is forgotten, and so is all of another person. */
  async save({ page, at, states, ids }) {
    const row = { key: PAGE, format: FORMAT, page, at };
    await this.#do("readwrite", (store) => {
      store.get(PAGE).onsuccess = ({ target }) => {
        const before = target.result;
        if (before && (before.page.me.id !== page.me.id || before.format !== FORMAT)) store.clear();
        store.getAllKeys().onsuccess = (answer) => {
          for (const key of answer.target.result) if (key !== PAGE && !ids.includes(key)) store.delete(key);
        };
        for (const state of states) store.put({ key: state.id, state });
        store.put(row);
      };
    });
  }

  async forget() { await this.#do("readwrite", (store) => store.clear()); }

  /** Forbidden, full or broken: then nothing is kept, and nobody minds. Closed again, so that nothing waits for a tab. */
  async #do(mode, act) {
    try {
      const database = await this.#open();
      try {
        return await finished(database.transaction(STORE, mode), act);
      } finally {
        database.close();
      }
    } catch {
      return null;
    }
  }

  #open() {
    return new Promise((resolve, reject) => {
      const request = this.factory.open(NAME, 1);
      request.onupgradeneeded = () => request.result.createObjectStore(STORE, { keyPath: "key" });
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
  }
}

function finished(transaction, act) {
  return new Promise((resolve, reject) => {
    const request = act(transaction.objectStore(STORE));
    transaction.oncomplete = () => resolve(request?.result);
    transaction.onerror = transaction.onabort = () => reject(transaction.error);
  });
}
