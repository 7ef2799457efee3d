// A list that the server holds: fetched again a moment after a change is announced, once for any number of changes.

import { Emitter } from "../core/emitter.js";
import { onReturn } from "../core/on_return.js";

const SPREAD = 1500;      // a room's moderators do not all ask at the same moment

export class RefreshingList extends Emitter {
  #asked = 0;
  #waiting = false;

  /** `fetchAll()` asks the server, `take(found)` stores its answer; then `change` is emitted. */
  /** @param {{fetchAll: () => Promise<any>, later?: (act: () => void, delay: number) => void}} facts */
  constructor({ fetchAll, later = (act, delay) => setTimeout(act, delay) }) {
    super();
    this.fetchAll = fetchAll;
    this.later = later;
  }

  /** @param {any} _found */
  take(_found) {}

  async refresh() {
    const asked = ++this.#asked;
    const found = await this.fetchAll().catch(() => null);
    if (!found) onReturn(this, () => this.refresh());
    if (!found || asked !== this.#asked) return;
    this.take(found);
    this.emit("change");
  }

  refreshSoon() {
    if (this.#waiting) return;
    this.#waiting = true;
    this.later(() => { this.#waiting = false; this.refresh(); }, Math.random() * SPREAD);
  }
}
