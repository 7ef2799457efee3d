// The one socket. It is reconnected here and not by the client library, because the page says when the next try is.
// States: connecting · catching_up (connected, not yet synced) · live · lost.

import { io } from "socket.io-client";
import { Emitter } from "../core/emitter.js";
import { nextDelay, spreadDelay } from "./backoff.js";
import { gettext } from "../core/translate.js";

const ANSWER_WITHIN = 10_000;
const FORBIDDEN = 403;

export class Connection extends Emitter {
  state = "connecting";
  lastLive;             // when we last knew to be live
  nextTry = null;
  #tries = 0;
  #timer = null;
  #heard = 0;
  #spread = 0;          // a server that restarts says within how many ms its clients should come back

  /** `lastLive`: when the page that is shown was kept, if it comes from there. */
  constructor(lastLive = null) {
    super();
    this.lastLive = lastLive;
    this.socket = io("/chat", {
      path: "/socket.io/", transports: ["websocket", "polling"], tryAllTransports: true,
      reconnection: false, autoConnect: false, timeout: ANSWER_WITHIN,
    });
    this.socket.on("connect", () => this.#connected());
    this.socket.on("disconnect", (reason) => this.#lost(reason));
    this.socket.on("restarting", ({ within }) => { this.#spread = 1000 * within; });
    this.socket.on("connect_error", (error) => this.#failed(error));
    this.socket.io.on("open", () => this.socket.io.engine.on("packet", () => { this.#heard = Date.now(); }));
    addEventListener("pagehide", () => this.#leave());
  }

  open() { this.#try(); }

  /** Do not wait for the timer: the network is back, or the person asks. */
  tryNow() {
    if (this.state === "lost" && this.nextTry !== null) this.#try();
  }

  /** Every event of the server goes to `listener(event, payload)`. */
  onEvent(listener) {
    this.socket.onAny((event, payload) => listener(event, payload));
  }

  /** Send and return the ack; throws {code, message, retry_in?}. Nothing is kept for later: that is the outbox's work. */
  async request(event, payload, within = ANSWER_WITHIN) {
    if (!this.socket.connected) throw { code: "offline", message: gettext("Not connected.") };
    const ack = await this.#emit(event, payload, within);
    if (!ack?.ok) throw ack?.error ?? { code: "unavailable", message: gettext("The server did not answer.") };
    return ack;
  }

  /** Send what may as well be lost. */
  hint(event, payload) {
    if (this.socket.connected) this.socket.volatile.emit(event, payload);
  }

  /** The rooms are in step with the server. */
  synced() {
    if (!this.socket.connected) return;
    this.#tries = 0;
    this.#set("live");
  }

  #emit(event, payload, within) {
    return new Promise((resolve, reject) => {
      this.socket.timeout(within).emit(event, payload, (error, ack) => {
        if (error) reject({ code: this.socket.connected ? "timeout" : "offline", message: gettext("The server did not answer.") });
        else resolve(ack);
      });
    });
  }

  #try() {
    clearTimeout(this.#timer);
    this.nextTry = null;
    this.#tries += 1;
    this.#set(this.lastLive ? "lost" : "connecting");
    this.socket.connect();
  }

  /** A closed tab is seen as gone at once; what it was about to tell goes first. */
  #leave() {
    this.emit("leaving");
    this.socket.disconnect();
  }

  #connected() {
    this.#set("catching_up");
    this.emit("connected");
  }

  #lost(reason) {
    if (this.state === "live") this.lastLive = reason === "ping timeout" ? this.#heard : Date.now();
    this.emit("disconnected");
    if (reason === "io server disconnect") this.#stillLetIn();
    this.#again();
  }

  #failed(error) {
    // An error without a transport behind it is the server's own refusal, as when the session has ended.
    if (!error.type) this.#stillLetIn();
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

  /** Whose session has ended, or who is banned, is told so by the page itself. */
  async #stillLetIn() {
    const answer = await fetch("/people/?q=-", { redirect: "manual" }).catch(() => null);
    if (answer?.type === "opaqueredirect" || answer?.status === FORBIDDEN) location.reload();
  }

  #set(state) {
    this.state = state;
    document.body.dataset.line = state;
    this.emit("state", state);
  }
}
