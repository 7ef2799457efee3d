// What was last read, kept in the browser: the page's facts and each room with its newest messages. One person's at a time,
// and nothing once they log out. The page writes it, the worker only forgets it.

import { Database } from "../core/database.js";

const PAGE = "page";
// A later version of the page must not read what an earlier one meant otherwise.
export const FORMAT = 1;

export class LastRead {
  constructor(factory = globalThis.indexedDB) {
    this.database = new Database("parley last read", "kept", "key", factory);
  }

  /** {page, states, at}: when the page was last live; null where nothing is kept, or nothing can be. */
  async load() {
    const rows = await this.#run("readonly", (store) => store.getAll());
    const kept = rows?.find(({ key }) => key === PAGE);
    if (kept?.format !== FORMAT) return null;
    return { page: kept.page, at: kept.at, states: rows.filter(({ state }) => state).map(({ state }) => state) };
  }

  /** `states`: the rooms that changed; every room not among `ids` is forgotten, and so is all of another person. */
  async save({ page, at, states, ids }) {
    const row = { key: PAGE, format: FORMAT, page, at };
    await this.#run("readwrite", (store) => {
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

  async forget() { await this.#run("readwrite", (store) => store.clear()); }

  /** Storage that is forbidden, full or broken keeps nothing, and the page works without it. */
  async #run(mode, act) {
    try {
      return await this.database.run(mode, act);
    } catch {
      return null;
    }
  }
}
