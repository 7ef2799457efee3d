// Away after five minutes without a key, a pointer or a touch, and after one in a hidden tab; active with the next. Who sets
// themself away is away on this device until they take it back, however much they do meanwhile.

import { Emitter } from "../core/emitter.js";

const AWAY_AFTER = 5 * 60_000;
const HIDDEN_AWAY_AFTER = 60_000;
const LOOK_EVERY = 10_000;
const SIGNS = ["pointerdown", "pointermove", "keydown", "wheel", "touchstart"];
const BY_HAND = "away by hand";

/** Pure: what one is, so long after the last sign of life. */
export function statusAfter(quiet, hiddenFor) {
  return quiet >= AWAY_AFTER || hiddenFor >= HIDDEN_AWAY_AFTER ? "away" : "active";
}

/** Tells `status` when what others see changes, and `awake` when somebody comes or goes; both are true at any time. */
export class Idle extends Emitter {
  status = "active";
  awake = true;
  #lastSign = Date.now();
  #hiddenSince = null;
  #byHand = kept();

  constructor() {
    super();
    for (const sign of SIGNS) addEventListener(sign, () => this.#sign(), { passive: true, capture: true });
    document.addEventListener("visibilitychange", () => this.#visibility());
    addEventListener("storage", ({ key }) => { if (key === BY_HAND) this.#chosen(kept()); });
    setInterval(() => this.#look(), LOOK_EVERY);
    this.status = this.#byHand ? "away" : "active";
    this.#visibility();
  }

  get isAwayByHand() { return this.#byHand; }

  /** Be away whatever I do, or be what I am; the same in all tabs of this browser. */
  setAway(away) {
    keep(away);
    this.#chosen(away);
  }

  #chosen(away) {
    this.#byHand = away;
    this.#look();
    this.emit("status", this.status);
  }

  #sign() {
    this.#lastSign = Date.now();
    if (!this.awake) this.#look();
  }

  #visibility() {
    this.#hiddenSince = document.hidden ? Date.now() : null;
    if (!document.hidden) this.#sign();
  }

  #look() {
    const now = Date.now();
    const found = statusAfter(now - this.#lastSign, this.#hiddenSince ? now - this.#hiddenSince : 0);
    const [wasAwake, before] = [this.awake, this.status];
    this.awake = found === "active";
    this.status = this.#byHand ? "away" : found;
    if (this.awake !== wasAwake) this.emit("awake", this.awake);
    if (this.status !== before) this.emit("status", this.status);
  }
}

function kept() {
  try { return localStorage.getItem(BY_HAND) === "yes"; } catch { return false; }
}

function keep(away) {
  try {
    if (away) localStorage.setItem(BY_HAND, "yes");
    else localStorage.removeItem(BY_HAND);
  } catch { /* then it holds for this page */ }
}
