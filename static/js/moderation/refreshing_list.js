// What waits for me on the server: asked for anew a moment after word of a change came, however many words of it come.

import { Emitter } from "../core/emitter.js";

const SPREAD = 1500;      // a room's moderators do not all ask in one instant

export class Queue extends Emitter {
  #asked = 0;
  #waiting = false;

  /** `fetchAll()` asks the server, `take(found)` keeps its answer; then `change` is told. */
  constructor({ fetchAll, later = (act, delay) => setTimeout(act, delay) }) {
    super();
    Object.assign(this, { fetchAll, later });
  }

  take() {}

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
