// Messages that the server has not acknowledged. For each room one is sent at a time, in order, and again under the same client
// id until it is acknowledged or refused: the server stores an id once.

import { Emitter } from "../core/emitter.js";
import { Entries } from "./entries.js";
import { afterReceipt, afterRefusal, isDone, isLate, isPaused, LATE_AFTER, needsCheck, newEntry } from "./entry.js";
import { gettext } from "../core/translate.js";

export class Outbox extends Emitter {
  #entries;
  #connected = false;
  #sending = new Set();        // rooms
  #answers = new Map();        // client id → {resolve, reject} of the current attempt
  #alarm = Infinity;           // when to look again

  /**
   * `request(entry)` sends it and returns its acknowledgement, or throws a Refusal.
   * @param {{request: (entry: any) => Promise<any>, storage: OutboxStorage, tabs: import("./tabs.js").Tabs, newId?: () => string, now?: Now, later?: Later}} facts
   */
  constructor({ request, storage, tabs, newId = newClientId, now = Date.now, later = (act, delay) => setTimeout(act, delay) }) {
    super();
    this.request = request;
    this.storage = storage;
    this.newId = newId;
    this.now = now;
    this.later = later;
    this.tabs = tabs;
    this.#entries = new Entries(storage, tabs, (rooms) => this.#changed(rooms));
  }

  /** Load the entries of an earlier page. */
  async restore() {
    await this.#entries.restore();
    this.#look();
  }

  /** Whether the entries outlive the page. */
  get lasting() { return this.storage.lasting; }
  /** @param {number} room */
  entriesOf(room) { return this.#entries.of(room); }

  /** How many entries are being sent, or wait for a connection, for long enough to be shown. */
  get sending() {
    const paused = new Set(this.#entries.all.filter((entry) => isPaused(entry, this.now())).map(({ room }) => room));
    return this.#entries.all.filter((entry) => entry.state === "waiting" && !paused.has(entry.room) && isLate(entry, this.now())).length;
  }

  /** @param {number} room @param {string} text @param {number | null} [reply_to] */
  add(room, text, reply_to = null) {
    const at = this.now();
    const entry = newEntry({ client_id: this.newId(), room, text, reply_to, at, order: this.#entries.nextOrder(at) });
    this.later(() => this.emit("change", room), LATE_AFTER);
    this.#entries.put(entry);
    return entry;
  }

  /** @param {string} clientId */
  retry(clientId) {
    if (this.#entries.get(clientId)?.state === "failed") this.#entries.change(clientId, { state: "waiting", error: null });
  }

  /** A moderator rejected a held message. @param {{client_id: string, answer: string}} refusal */
  declined({ client_id, answer }) {
    if (!this.#entries.get(client_id)) return;
    const message = answer ? gettext("A moderator rejected it: %(answer)s", { answer }) : gettext("A moderator rejected it.");
    this.#entries.change(client_id, { state: "failed", error: { code: "declined", message } });
  }

  /** Remove an entry; returns it, so that it can be restored. @param {string} clientId */
  discard(clientId) {
    const entry = this.#entries.get(clientId);
    if (entry) this.#entries.remove(entry);
    return entry;
  }

  /** @param {OutboxEntry} entry */
  undiscard(entry) { this.#entries.put(entry); }

  /**
   * The room has it: by its event or a sync, with or without an acknowledgement. `epoch` is that of the room.
   * @param {{client_id: string, seq: number}} facts
   * @param {string} epoch
   */
  arrived({ client_id, seq }, epoch) {
    const entry = this.#entries.get(client_id);
    if (!entry) return;
    if (entry.state !== "sent" || needsCheck(entry, epoch)) {
      this.#entries.change(client_id, { ...afterReceipt(entry, { seq, epoch }, this.now()), checked: epoch });
    }
    this.#answers.get(client_id)?.resolve({ seq, epoch });
  }

  /**
   * The room's epoch is now `epoch`: entries acknowledged in another are sent once more, in case they were lost with it.
   * @param {number} room
   * @param {string} epoch
   */
  check(room, epoch) {
    for (const entry of this.entriesOf(room)) {
      if (needsCheck(entry, epoch)) this.#entries.change(entry.client_id, { state: "waiting", checked: epoch, again: true });
    }
  }

  connected() {
    this.#connected = true;
    for (const { client_id, until, error } of this.#entries.all) if (until && !error) this.#entries.change(client_id, { until: null });
    for (const room of this.#entries.rooms) this.#send(room);
  }

  disconnected() {
    this.#connected = false;
    for (const { reject } of this.#answers.values()) reject({ code: "offline" });
  }

  /** @param {number} room */
  #next(room) {
    const first = this.entriesOf(room).find((entry) => entry.state === "waiting");
    return first && (first.until ?? 0) <= this.now() ? first : null;
  }

  /** @param {number} room */
  async #send(room) {
    if (!this.#connected || this.#sending.has(room) || !this.#next(room)) return;
    this.#sending.add(room);
    await this.tabs.hold(room, () => this.#sendInTurn(room)).catch(() => {});
    this.#sending.delete(room);
    this.#send(room);
  }

  /** @param {number} room */
  async #sendInTurn(room) {
    await this.#entries.refresh();     // another tab may have sent it while this one waited for the lock
    for (let entry; this.#connected && (entry = this.#next(room));) await this.#attempt(entry);
    await this.#entries.written();
  }

  /** @param {OutboxEntry} sent */
  async #attempt(sent) {
    const { client_id } = sent;
    /** @type {any} */
    const outcome = await this.#answer(sent).then((receipt) => ({ receipt }), (error) => ({ error }));
    const { receipt, error } = outcome;
    if (error?.code === "offline") this.#connected = false;     // until `connected` is called
    const entry = this.#entries.get(client_id);
    if (entry?.state !== "waiting") return;
    this.#entries.change(client_id, receipt ? afterReceipt(entry, receipt, this.now()) : afterRefusal(error, this.now()));
  }

  /** @param {OutboxEntry} entry */
  #answer(entry) {
    return new Promise((resolve, reject) => {
      this.#answers.set(entry.client_id, { resolve, reject });
      this.request(entry).then(resolve, reject);
    }).finally(() => this.#answers.delete(entry.client_id));
  }

  /** @param {Iterable<number>} rooms */
  #changed(rooms) {
    for (const room of rooms) {
      this.emit("change", room);
      this.#send(room);
    }
    this.#watch();
  }

  /** Set a timer for the next pause or kept entry that ends. */
  #watch() {
    const ends = this.#entries.all.map((entry) => (entry.state === "sent" ? entry.keptUntil : entry.until));
    const next = Math.min(...ends.map((end) => end ?? 0).filter((end) => end > this.now()));
    if (next >= this.#alarm) return;
    this.#alarm = next;
    this.later(() => this.#look(), next - this.now());
  }

  #look() {
    this.#alarm = Infinity;
    for (const entry of this.#entries.all) if (isDone(entry, this.now())) this.#entries.remove(entry);
    this.#changed(this.#entries.rooms);
  }
}

/** 128 random bits, so that ids are unique. */
export function newClientId() {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
