// Presence of this device: away after five minutes without input, or one minute in a hidden tab; active again with the next
// input. A person who sets themselves away stays away on this device until they change it.

import { Emitter } from "../core/emitter.js";

const AWAY_AFTER = 5 * 60_000;
const HIDDEN_AWAY_AFTER = 60_000;
const LOOK_EVERY = 10_000;
// Screen readers keep keys and swipes to themselves: with one, only what moves the focus or the selection is seen here, and
// scrolling, which the timeline reports (`sign`), for it scrolls by itself, too.
const SIGNS = ["pointerdown", "pointermove", "keydown", "wheel", "touchstart", "focusin", "selectionchange"];
const BY_HAND = "away by hand";

/** Pure: the presence so long after the last input, in milliseconds. */
export function statusAfter(quiet, hiddenFor) {
  return quiet >= AWAY_AFTER || hiddenFor >= HIDDEN_AWAY_AFTER ? "away" : "active";
}

/** Emits `status` when the presence that others see changes, and `awake` when somebody comes or goes. */
export class Idle extends Emitter {
  status = "active";
  awake = true;
  #lastSign = Date.now();
  #hiddenSince = null;
  #byHand = kept();

  constructor() {
    super();
    for (const sign of SIGNS) addEventListener(sign, () => this.sign(), { passive: true, capture: true });
    document.addEventListener("visibilitychange", () => this.#visibility());
    addEventListener("storage", ({ key }) => { if (key === BY_HAND) this.#chosen(kept()); });
    setInterval(() => this.#look(), LOOK_EVERY);
    this.status = this.#byHand ? "away" : "active";
    this.#visibility();
  }

  get isAwayByHand() { return this.#byHand; }

  /** Set away regardless of input, or back to automatic; the same in all tabs of this browser. */
  setAway(away) {
    keep(away);
    this.#chosen(away);
  }

  #chosen(away) {
    this.#byHand = away;
    this.#look();
    this.emit("status", this.status);
  }

  /** Somebody is at the device. */
  sign() {
    this.#lastSign = Date.now();
    if (!this.awake) this.#look();
  }

  #visibility() {
    this.#hiddenSince = document.hidden ? Date.now() : null;
    if (!document.hidden) this.sign();
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
  } catch { /* then it is lost with this page */ }
}
