// One room as this client knows it. Pure: no page, no network, so that every order of events can be tried in a test.
// The rule: a message whose seq follows ours is shown, one at or below ours is dropped, anything else is a gap.

import { amendedLive, amendedSince } from "./amendment.js";

export const ADDED = "added";
export const REPEAT = "repeat";
export const GAP = "gap";

export class RoomState {
  messages = [];        // ascending and contiguous
  online = new Map();   // user id → "active" | "away"
  epoch = null;         // null: not synced yet
  seq = 0;
  rev = 0;
  read = 0;
  first = false;        // whether the room's first message is at hand
  role = null;
  people = null;        // of a direct room: who is in it
  restored = false;     // whether rows that were shown here have given way to others, and nobody took note yet
  #awaited = null;      // the page of history that is on its way, with the amendments that came meanwhile

  constructor(facts, me = null) {
    this.id = facts.id;
    this.me = me;
    this.role = facts.role ?? null;
    this.people = facts.members ?? null;
    this.change(facts);
  }

  get synced() { return this.epoch !== null; }
  get unread() { return Math.max(0, this.seq - this.read); }
  get oldest() { return this.messages[0]?.seq ?? this.seq + 1; }
  at(seq) { return this.messages[seq - this.oldest] ?? null; }
  get position() { return { epoch: this.epoch, seq: this.seq, rev: this.rev }; }

  change({ slug, name, kind, topic, state, slow_mode }) {
    Object.assign(this, { slug, name, kind, topic, state, slow_mode });
  }

  /** Take a live message: ADDED, REPEAT, or GAP when something before it is missing. */
  receive(message) {
    if (message.epoch !== this.epoch) return GAP;
    if (message.seq <= this.seq) return REPEAT;
    if (message.seq !== this.seq + 1) return GAP;
    this.messages.push(message);
    this.seq = message.seq;
    if (message.seq === 1) this.first = true;
    return ADDED;
  }

  /** Take a live amendment, by the same rule on `rev`. */
  amend(amendment) {
    if (amendment.rev <= this.rev) return REPEAT;
    if (amendment.rev !== this.rev + 1 || amendment.seq > this.seq) return GAP;
    this.rev = amendment.rev;
    this.#apply(amendment, amendedLive);
    return ADDED;
  }

  /** Whether a `head` tells of something that has not reached us. */
  behind({ epoch, seq, rev }) {
    return epoch !== this.epoch || seq > this.seq || rev > this.rev;
  }

  /** Take what `sync` says of this room; returns the messages that are new to us and whether ours were forgotten. */
  catchUp(state) {
    this.change(state);
    this.role = state.role;
    this.people ??= state.members ?? null;
    this.online = new Map((state.online ?? []).map(({ user, status }) => [user, status]));
    const added = state.messages.filter((message) => message.seq > this.seq);
    const fits = state.catch_up === "complete" && (!added.length || added[0].seq === this.seq + 1);
    if (fits) this.messages.push(...added);
    else this.#replace(state);
    this.read = fits ? Math.max(this.read, state.read) : state.read;
    // What the answer says to be there and does not bring is asked for again, not skipped.
    const last = state.messages.at(-1)?.seq;
    Object.assign(this, { epoch: state.epoch, seq: fits ? Math.max(this.seq, last ?? 0) : last ?? state.seq, rev: state.rev });
    if (this.seq === 0 || this.messages[0]?.seq === 1) this.first = true;
    for (const amendment of state.amendments ?? []) this.#apply(amendment, amendedSince);
    return { added: fits ? added : state.messages, forgotten: !fits };
  }

  /** A page of history is asked for: what changes until it comes must not be lost on it. */
  awaitPage() {
    this.#awaited = { amendments: [] };
    return this.#awaited;
  }

  /** Put a page of history before what is at hand; a page that does not touch it is of no use and is refused. */
  prepend(page, first, awaited = this.#awaited) {
    if (awaited !== this.#awaited) return 0;
    const older = page.filter((message) => message.seq < this.oldest);
    if (older.length && older.at(-1).seq !== this.oldest - 1) return 0;
    this.messages.unshift(...older);
    this.first = first || this.oldest === 1;
    this.#awaited = null;
    for (const [amendment, change] of awaited?.amendments ?? []) this.#apply(amendment, change);
    return older.length;
  }

  /** Forget all but the newest: a room that nobody looks at should not hold a day's reading in memory. */
  trim(count) {
    if (this.messages.length <= count) return;
    this.messages = this.messages.slice(-count);
    this.first = this.oldest === 1;
  }

  setPresence(user, status) {
    if (status === "offline") this.online.delete(user);
    else this.online.set(user, status);
  }

  markRead(seq) {
    if (seq <= this.read) return false;
    this.read = seq;
    return true;
  }

  #replace(state) {
    this.restored ||= state.epoch !== this.epoch && this.#rolledBack(state);
    this.messages = [...state.messages];
    this.first = false;
    this.#awaited = null;
  }

  /** Whether the room has not, or not as it was, what was shown here: more than a long absence. */
  #rolledBack({ seq, messages }) {
    if (!this.messages.length) return false;
    if (seq < this.seq) return true;
    const shown = new Map(this.messages.map((message) => [message.seq, message]));
    return messages.some((message) => shown.has(message.seq) && shown.get(message.seq).epoch !== message.epoch);
  }

  #apply(amendment, change) {
    const at = amendment.seq - this.oldest;
    if (at < 0) this.#awaited?.amendments.push([amendment, change]);
    else if (this.messages[at]) this.messages[at] = change(this.messages[at], amendment, this.me);
  }
}
