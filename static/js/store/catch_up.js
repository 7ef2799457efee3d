// One `sync` at a time. Events that arrive meanwhile wait and are replayed after its answer, so that none is applied to a state
// about to be replaced.

const PAUSE = 500;    // between two syncs: a server that cannot fill a gap must not be asked in a loop
const RETRY = 2000;
// A sync that starts now includes these, since it reads after they were sent. Replayed, those of another epoch would start one more sync each.
const TOLD_BY_SYNC = new Set(["message", "amended", "head"]);
const LATE_AFTER = 400;   // ms; a faster sync is not shown

export class CatchUp {
  /** @type {[string, any][]} */
  #held = [];
  #running = false;
  #since = 0;
  #round = 0;
  #lastStart = -Infinity;

  /**
   * `ask()` returns a promise of the acknowledgement, `apply(ack)` takes it, `replay(event, payload)` takes waiting events.
   * @param {{ask: () => Promise<Ack>, apply: (ack: Ack) => void, replay: (event: string, payload: any) => void, changed?: () => void, now?: Now, wait?: (milliseconds: number) => Promise<any>}} facts
   */
  constructor({ ask, apply, replay, changed = () => {}, now = () => performance.now(), wait = pause }) {
    this.ask = ask;
    this.apply = apply;
    this.replay = replay;
    this.changed = changed;
    this.now = now;
    this.wait = wait;
  }

  get running() { return this.#running; }
  get late() { return this.#running && this.now() - this.#since >= LATE_AFTER; }

  /** Keep an event for later during a sync; returns whether it was kept. @param {string} event @param {any} payload */
  hold(event, payload) {
    if (this.#running) this.#held.push([event, payload]);
    return this.#running;
  }

  /** Something is missing: sync, unless one is running. */
  need() {
    if (!this.#running) this.#run(Math.max(0, this.#lastStart + PAUSE - this.now()));
  }

  /** The connection is new: sync at once, and abandon a sync of the old one. */
  start() {
    this.stop();
    this.#run(0);
  }

  /** The connection is lost: the next sync includes the waiting events. */
  stop() {
    this.#round += 1;
    this.#running = false;
    this.#held = [];
  }

  /** @param {number} delay */
  async #run(delay) {
    const round = ++this.#round;
    this.#running = true;
    this.#since = this.now();
    this.changed();
    if (delay) await this.wait(delay);
    while (round === this.#round) {
      this.#lastStart = this.now();
      this.#held = this.#held.filter(([event]) => !TOLD_BY_SYNC.has(event));
      const ack = await this.ask().catch(() => null);
      if (round !== this.#round) return;
      if (ack) return this.#finish(ack);
      await this.wait(RETRY * (0.5 + Math.random()));
    }
  }

  /** @param {Ack} ack */
  #finish(ack) {
    this.apply(ack);
    this.#running = false;
    const held = this.#held.splice(0);
    for (const [event, payload] of held) this.replay(event, payload);
    this.changed();
  }
}

/** @param {number} milliseconds */
function pause(milliseconds) {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
