// The database of what was last read: the page's facts and each room with its newest messages. It holds one person's data at a
// time, and none after logout. The page writes it; the worker only clears it.

import { Database } from "../storage/database.js";

const PAGE = "page";
// A later version must not read data of an earlier format.
export const FORMAT = 1;

export class LastRead {
  /** @param {IDBFactory} [factory] */
  constructor(factory = globalThis.indexedDB) {
    this.database = new Database("parley last read", "kept", "key", factory);
  }

  /** {page, states, at}, `at`: when the page was last live; null if nothing is stored. */
  async load() {
    /** @type {any[] | null} */
    const rows = await this.#run("readonly", (store) => store.getAll());
    const kept = rows?.find(({ key }) => key === PAGE);
    if (!rows || kept?.format !== FORMAT) return null;
    return { page: kept.page, at: kept.at, states: rows.filter(({ state }) => state).map(({ state }) => state) };
  }

  /**
   * `states`: the changed rooms; rooms not among `ids` are deleted, and so is all data of another person.
   * @param {{page: Partial<Page>, at: number, states: {id: number}[], ids: number[]}} read
   */
  async save({ page, at, states, ids }) {
    const row = { key: PAGE, format: FORMAT, page, at };
    await this.#run("readwrite", (store) => {
      const stored = store.get(PAGE);
      stored.onsuccess = () => {
        const before = stored.result;
        if (before && (before.page.me.id !== page.me?.id || before.format !== FORMAT)) store.clear();
        const keys = store.getAllKeys();
        keys.onsuccess = () => {
          for (const key of keys.result) if (key !== PAGE && !ids.includes(Number(key))) store.delete(key);
        };
        for (const state of states) store.put({ key: state.id, state });
        store.put(row);
      };
    });
  }

  async forget() { await this.#run("readwrite", (store) => store.clear()); }

  /**
   * Storage that is forbidden, full or broken keeps nothing, and the page works without it.
   * @param {IDBTransactionMode} mode
   * @param {(store: IDBObjectStore) => any} act
   */
  async #run(mode, act) {
    try {
      return await this.database.run(mode, act);
    } catch {
      return null;
    }
  }
}
