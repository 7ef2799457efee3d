// Away after five minutes without a key, a pointer or a touch, and after one in a hidden tab; active with the next.

const AWAY_AFTER = 5 * 60_000;
const HIDDEN_AWAY_AFTER = 60_000;
const LOOK_EVERY = 10_000;
const SIGNS = ["pointerdown", "pointermove", "keydown", "wheel", "touchstart"];

/** Pure: what one is, so long after the last sign of life. */
export function statusAfter(quiet, hiddenFor) {
  return quiet >= AWAY_AFTER || hiddenFor >= HIDDEN_AWAY_AFTER ? "away" : "active";
}

/** Calls `changed(status)`; `status` is true at any time. */
export class Idle {
  status = "active";
  #lastSign = Date.now();
  #hiddenSince = null;

  constructor(changed) {
    this.changed = changed;
    for (const sign of SIGNS) addEventListener(sign, () => this.#sign(), { passive: true, capture: true });
    document.addEventListener("visibilitychange", () => this.#visibility());
    setInterval(() => this.#look(), LOOK_EVERY);
    this.#visibility();
  }

  #sign() {
    this.#lastSign = Date.now();
    if (this.status === "away") this.#look();
  }

  #visibility() {
    this.#hiddenSince = document.hidden ? Date.now() : null;
    if (!document.hidden) this.#sign();
  }

  #look() {
    const now = Date.now();
    const status = statusAfter(now - this.#lastSign, this.#hiddenSince ? now - this.#hiddenSince : 0);
    if (status === this.status) return;
    this.status = status;
    this.changed(status);
  }
}
