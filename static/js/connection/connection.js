// The connection to the server. This module reconnects instead of the client library, because the page shows the time of the
// next attempt. States: connecting · catching_up (connected, not yet synced) · live · lost.

import { Emitter } from "../core/emitter.js";
import { gettext } from "../core/translate.js";
import { nextDelay, spreadDelay } from "./backoff.js";
import { Transports } from "./transports.js";

const ANSWER_WITHIN = 10_000;
const KEPT_OUT = [401, 403];   // not logged in, or banned from the site

/** Emits state, connected, disconnected, and leaving before the page goes away. */
export class Connection extends Emitter {
  /** @type {"connecting" | "catching_up" | "live" | "lost"} */
  state = "connecting";
  /** @type {number | null} when the page was last known to be live */
  lastLive;
  /** @type {number | null} */
  nextTry = null;
  /** @type {import("socket.io-client").Socket | null} */
  #socket = null;
  /** @type {(event: string, payload: any) => void} */
  #listener = () => {};
  #tries = 0;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;
  #heard = 0;
  #transports = new Transports();
  #spread = 0;          // a server that restarts says within how many ms its clients should come back

  /** @param {number | null} [lastLive] when the page was stored, if it is shown from storage */
  constructor(lastLive = null) {
    super();
    this.lastLive = lastLive;
    // Firefox has closed the socket when it comes to "pagehide"; phones have no "beforeunload".
    addEventListener("beforeunload", () => this.emit("leaving"));
    addEventListener("pagehide", () => this.#leave());
  }

  get #isOpen() { return Boolean(this.#socket?.connected); }

  open() { this.#try(); }

  /** Do not wait for the timer: the network is back, or the person asks. */
  tryNow() {
    if (this.state === "lost" && this.nextTry !== null) this.#try();
  }

  /**
   * Every event of the server goes to `listener`.
   * @param {(event: string, payload: any) => void} listener
   */
  onEvent(listener) { this.#listener = listener; }

  /**
   * Sends and returns the acknowledgement; throws a Refusal. Nothing is kept for later: that is the outbox's work.
   * @param {string} event
   * @param {object} payload
   * @param {number} [within] milliseconds
   * @returns {Promise<Ack>}
   */
  async request(event, payload, within = ANSWER_WITHIN) {
    if (!this.#isOpen) throw { code: "offline", message: gettext("Not connected.") };
    const ack = await this.#emit(event, payload, within);
    if (!ack?.ok) throw ack?.error ?? { code: "unavailable", message: gettext("The server did not answer.") };
    return ack;
  }

  /**
   * Sends what need not arrive.
   * @param {string} event
   * @param {object} payload
   */
  hint(event, payload) {
    if (this.#isOpen) this.#socket?.volatile.emit(event, payload);
  }

  /** The rooms are in step with the server. */
  synced() {
    if (!this.#isOpen) return;
    this.#tries = 0;
    this.#set("live");
  }

  /**
   * @param {string} event
   * @param {object} payload
   * @param {number} within
   * @returns {Promise<any>}
   */
  #emit(event, payload, within) {
    return new Promise((resolve, reject) => {
      this.#socket?.timeout(within).emit(event, payload, (/** @type {Error | null} */ error, /** @type {any} */ ack) => {
        if (error) reject({ code: this.#isOpen ? "timeout" : "offline", message: gettext("The server did not answer.") });
        else resolve(ack);
      });
    });
  }

  async #try() {
    clearTimeout(this.#timer);
    this.nextTry = null;
    this.#tries += 1;
    this.#set(this.lastLive ? "lost" : "connecting");
    try {
      this.#socket ??= await this.#createSocket();
    } catch {
      return this.#again();     // the library could not be fetched
    }
    const { order, within } = this.#transports;
    Object.assign(this.#socket.io.opts, { transports: order });
    this.#socket.io.timeout(within);
    this.#socket.connect();
  }

  /** The library comes apart from the page's own script: what came with the page is drawn before there is a connection. */
  async #createSocket() {
    const { io } = await import("socket.io-client");
    const socket = io("/chat", {
      path: "/socket.io/", tryAllTransports: true, reconnection: false, autoConnect: false,
    });
    socket.onAny((event, payload) => this.#listener(event, payload));
    socket.on("connect", () => this.#connected());
    socket.on("disconnect", (reason) => this.#lost(reason));
    socket.on("restarting", ({ within }) => { this.#spread = 1000 * within; });
    socket.on("connect_error", (error) => this.#failed(error));
    socket.io.on("open", () => this.#opened(socket.io.engine));
    return socket;
  }

  /** @param {import("socket.io-client").Manager["engine"]} engine */
  #opened(engine) {
    engine.on("packet", () => { this.#heard = Date.now(); });
    engine.on("upgrade", () => this.#transports.upgraded());
  }

  /** A closed tab goes offline at once; what it was about to send goes first. */
  #leave() {
    this.emit("leaving");
    this.#socket?.disconnect();
  }

  #connected() {
    this.#set("catching_up");
    this.emit("connected");
  }

  /** @param {string} reason */
  #lost(reason) {
    if (this.state === "live") this.lastLive = reason === "ping timeout" ? this.#heard : Date.now();
    this.emit("disconnected");
    if (reason === "io server disconnect") this.#checkSession();
    this.#again();
  }

  /** @param {Error & {type?: string}} error */
  #failed(error) {
    this.#transports.failed(error);
    // An error without a transport behind it is the server's own refusal, as when the session has ended.
    if (!error.type) this.#checkSession();
    this.#again();
  }

  #again() {
    const delay = nextDelay(this.#tries) + spreadDelay(this.#spread);
    this.#spread = 0;
    this.nextTry = Date.now() + delay;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#try(), delay);
    this.#set("lost");
  }

  /** If the session has ended, or the person is banned, the page loaded again says so. */
  async #checkSession() {
    const answer = await fetch("/people/?q=-").catch(() => null);
    if (answer && KEPT_OUT.includes(answer.status)) location.reload();
  }

  /** @param {"connecting" | "catching_up" | "live" | "lost"} state */
  #set(state) {
    this.state = state;
    document.body.dataset.line = state;
    this.emit("state", state);
  }
}
