// What waits for me on the server: asked for anew a moment after word of a change came, however many words of it come.

import { Emitter } from "../core/emitter.js";

const SPREAD = 1500;      // a room's moderators do not all ask in one instant

export class RefreshingList extends Emitter {
  #asked = 0;
  #waiting = false;

  /** `fetchAll()` asks the server, `take(found)` keeps its answer; then `change` is told. */
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
