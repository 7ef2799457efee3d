// What every shown time depends on besides the time itself: today's date, the clock's zone, and whether a day has 12 or 24 hours
// on a clock. All three can change while a page is open.

import { Emitter } from "./emitter.js";
import { everySecond } from "./ticks.js";
import { locale } from "./translate.js";

const KEPT = "hours";
const A_YEAR = 365 * 86_400;

/** Emits `change`; `version` tells whether it did. */
export class TimeNotation extends Emitter {
  version = 0;
  #chosen;
  #seen;

  /** @param {{storage?: () => Storage, now?: () => Date}} [facts] */
  constructor({ storage = () => localStorage, now = () => new Date() } = {}) {
    super();
    this.storage = storage;
    this.now = now;
    this.#chosen = this.#read();
    this.#seen = this.#whenAndWhere();
  }

  /** "12", "24", or "" for what the language has. */
  get chosen() { return this.#chosen; }

  /** @returns {12 | 24} */
  get hours() { return this.#chosen ? (this.#chosen === "12" ? 12 : 24) : hoursOf(locale); }

  /** @param {string} hours */
  choose(hours) {
    try {
      if (hours) this.storage().setItem(KEPT, hours);
      else this.storage().removeItem(KEPT);
    } catch { /* then it is lost with this page */ }
    this.#take(hours);
  }

  /** Follow the clock, and what is chosen in other tabs. Pages that the server draws, as the admin, learn the notation by a cookie. */
  watch() {
    this.#tellServer();
    everySecond(() => this.look());
    document.addEventListener("visibilitychange", () => this.look());      // a hidden page's clock ticks seldom
    addEventListener("storage", ({ key }) => { if (key === KEPT) this.#take(this.#read()); });
  }

  /** Midnight may have passed, or the zone may be another one. */
  look() {
    const seen = this.#whenAndWhere();
    if (seen === this.#seen) return;
    this.#seen = seen;
    this.#changed();
  }

  /** @param {string} chosen */
  #take(chosen) {
    this.#chosen = chosen;
    this.#tellServer();
    this.#changed();
  }

  #changed() {
    this.version += 1;
    this.emit("change");
  }

  #whenAndWhere() {
    const now = this.now();
    return `${now.toDateString()} ${Intl.DateTimeFormat().resolvedOptions().timeZone}`;
  }

  #tellServer() {
    if (!globalThis.document) return;
    const [prefix, secure] = location.protocol === "https:" ? ["__Host-", "; secure"] : ["", ""];     // as the server's own cookies
    document.cookie = `${prefix}${KEPT}=${this.hours}; path=/; max-age=${A_YEAR}; samesite=lax${secure}`;
  }

  #read() {
    try { return this.storage().getItem(KEPT) ?? ""; } catch { return ""; }
  }
}

/** What people of a language's region write; without a page 24. @param {string | undefined} language @returns {12 | 24} */
export function hoursOf(language) {
  if (!language) return 24;
  const { hourCycle } = new Intl.DateTimeFormat(language, { hour: "numeric" }).resolvedOptions();
  return hourCycle === "h11" || hourCycle === "h12" ? 12 : 24;
}

export const timeNotation = new TimeNotation();
