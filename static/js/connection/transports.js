// Which way the connection is tried first. Some proxies accept a WebSocket and then carry nothing, and only a timeout tells. Such a
// try is followed by polling, which turns into a WebSocket as soon as one answers.

const KEPT = "polling first";
const WEBSOCKET_WITHIN = 5000;
const POLLING_WITHIN = 10_000;

export class Transports {
  /** The choice lasts as long as the tab: on its next page nobody waits again. @param {() => Storage} storage */
  constructor(storage = () => sessionStorage) {
    this.storage = storage;
    this.pollingFirst = this.#kept();
  }

  /** In the order in which they are tried. */
  get order() { return this.pollingFirst ? ["polling", "websocket"] : ["websocket", "polling"]; }

  /** Milliseconds that a try can take. */
  get within() { return this.pollingFirst ? POLLING_WITHIN : WEBSOCKET_WITHIN; }

  /** A try failed. @param {Error} error */
  failed({ message }) {
    if (message === "timeout") this.#choose(true);
  }

  /** A WebSocket carries messages. */
  upgraded() { this.#choose(false); }

  /** @param {boolean} pollingFirst */
  #choose(pollingFirst) {
    if (pollingFirst === this.pollingFirst) return;
    this.pollingFirst = pollingFirst;
    try {
      if (pollingFirst) this.storage().setItem(KEPT, "yes");
      else this.storage().removeItem(KEPT);
    } catch { /* then the next page finds out again */ }
  }

  #kept() {
    try { return this.storage().getItem(KEPT) === "yes"; } catch { return false; }
  }
}
