// One room as this client knows it. Pure: no page, no network, so that every order of events can be tested. A message whose seq
// follows ours is shown, one at or below ours is dropped, anything else is a gap.

import { amendedLive, amendedSince } from "./amendment.js";
import { ReadMarker } from "./read_marker.js";
import { MessageRange } from "./message_range.js";

export const ADDED = "added";
export const REPEAT = "repeat";
export const GAP = "gap";

/** @typedef {(message: Message, amendment: Amendment, me: any) => Message} Change */

export class RoomState {
  tail = new MessageRange();   // the newest messages; every new one is added
  /** @type {MessageRange | null} older messages that are being read */
  past = null;
  /** @type {Map<number, Message | null>} */
  quoted = new Map();     // seq → a message fetched because a reply quotes it; null: requested
  /** @type {Map<number, Status>} */
  online = new Map();   // user id → "active" | "away"
  /** @type {string | null} */
  epoch = null;           // null: not synced yet
  rev = 0;
  marker = new ReadMarker(this);
  held = false;           // marked as unread: it is not read until it is opened again
  slug = "";
  name = "";
  /** @type {RoomKind} */
  kind = "public";
  topic = "";
  state = "open";
  slow_mode = 0;
  /** @type {Circle | undefined} */
  writers = undefined;    // the members who can send messages
  /** @type {Circle | undefined} */
  editors = undefined;    // the members who can edit and delete their own messages, and react
  /** @type {Role | null} */
  role = null;
  /** @type {Sanction | null} what keeps me from writing */
  sanction = null;
  /** @type {Level} the notification level */
  level = "mentions";
  muted = false;
  hidden = 0;             // the newest message when I hid this direct room
  /** @type {import("./blocks.js").Blocks | null} */
  blocks = null;          // the people I block, shared by all rooms
  /** @type {Person[] | null} */
  people = null;          // of a direct room: who is in it
  restored = false;       // whether shown messages were replaced after a loss, and the person has not dismissed the banner
  /** @type {Map<object, {amendment: Amendment, change: Change}[]>} */
  #awaited = new Map();   // a requested page of history → the amendments that came meanwhile

  /** @param {RoomFacts} facts @param {number | null} [me] an id */
  constructor(facts, me = null) {
    this.id = facts.id;
    this.me = me;
    this.role = facts.role ?? null;
    this.people = facts.members ?? null;
    this.change(facts);
    this.notify(facts);
  }

  /** Whether it is hidden until its next message. */
  get isHidden() { return this.hidden > 0 && this.seq <= this.hidden; }
  get synced() { return this.epoch !== null; }
  get seq() { return this.tail.newest; }
  get messages() { return this.tail.messages; }
  get oldest() { return this.tail.oldest; }
  get first() { return this.tail.first; }
  get read() { return this.marker.read; }
  get unread() { return this.marker.unread; }
  get mentions() { return this.marker.mentions; }
  /** The range that is shown: older messages, or the newest. */
  get shown() { return this.past ?? this.tail; }
  /** @param {number} seq */
  at(seq) { return this.tail.at(seq) ?? this.past?.at(seq) ?? this.quoted.get(seq) ?? null; }
  get position() { return { epoch: this.epoch, seq: this.seq, rev: this.rev }; }

  /** @param {RoomFacts} facts */
  change({ slug, name, kind, topic, state, slow_mode, writers, editors }) {
    Object.assign(this, { slug, name, kind, topic, state, slow_mode, writers, editors });
  }

  notify({ level = this.level, muted = this.muted, hidden = this.hidden }) {
    Object.assign(this, { level, muted, hidden });
  }

  /** Apply a live message: ADDED, REPEAT, or GAP if something before it is missing. @param {Message} message */
  receive(message) {
    if (message.epoch !== this.epoch) return GAP;
    if (message.seq <= this.seq) return REPEAT;
    if (message.seq !== this.seq + 1) return GAP;
    this.tail.append([message]);
    this.marker.came(message);
    return ADDED;
  }

  /** Apply a live amendment, by the same rule on `rev`. @param {Amendment} amendment */
  amend(amendment) {
    if (amendment.rev <= this.rev) return REPEAT;
    if (amendment.rev !== this.rev + 1 || amendment.seq > this.seq) return GAP;
    this.rev = amendment.rev;
    const before = this.at(amendment.seq);
    this.#apply(amendment, amendedLive);
    this.marker.changed(amendment, before, this.at(amendment.seq));
    return ADDED;
  }

  /** Whether a `head` shows that something is missing here. @param {{epoch: string | null, seq: number, rev: number}} head */
  behind({ epoch, seq, rev }) {
    return epoch !== this.epoch || seq > this.seq || rev > this.rev;
  }

  /**
   * Apply the state of a `sync`; returns the new messages, and whether the old ones were discarded.
   * @param {SyncedRoom} state
   */
  catchUp(state) {
    this.change(state);
    this.notify(state);
    this.role = state.role ?? null;
    this.sanction = state.sanction ?? null;
    this.people ??= state.members ?? null;
    this.online = new Map((state.online ?? []).map(({ user, status }) => [user, status]));
    const added = state.messages.filter((message) => message.seq > this.seq);
    const fits = state.catch_up === "complete" && (!added.length || added[0].seq === this.seq + 1);
    // Messages that the answer counts but does not contain are requested again, not skipped.
    if (fits) this.tail.append(added);
    else this.#replace(state);
    Object.assign(this, { epoch: state.epoch, rev: state.rev });
    this.tail.first ||= this.oldest === 1;
    for (const amendment of state.amendments ?? []) this.#apply(amendment, amendedSince);
    this.marker.take(state);
    return { added: fits ? added : state.messages, forgotten: !fits };
  }

  /** A page of history is requested: changes until it arrives must be applied to it. */
  expectPage() {
    const awaited = {};
    this.#awaited.set(awaited, []);
    return awaited;
  }

  /**
   * The messages of the requested page with all changes, or null if the room's messages were replaced since.
   * @param {object} awaited
   * @param {Message[]} page
   */
  applyPage(awaited, page) {
    const amendments = this.#awaited.get(awaited);
    if (!amendments) return null;
    this.#awaited.delete(awaited);
    const range = new MessageRange(page);
    for (const { amendment, change } of amendments) range.amend(amendment.seq, (message) => change(message, amendment, this.me));
    return range.messages;
  }

  /** Show older messages, from a page that need not touch the loaded ones. @param {Message[]} page @param {boolean} first */
  goBackTo(page, first) {
    this.past = new MessageRange(page, { first });
    this.#join();
  }

  /** Add a page before the shown range; returns how many are new. @param {Message[]} page @param {boolean} first */
  prepend(page, first) { return this.shown.prepend(page, first); }

  /** Add a page after the older messages. @param {Message[]} page */
  append(page) {
    const count = this.past?.append(page) ?? 0;
    this.#join();
    return count;
  }

  returnToLatest() { this.past = null; }

  /**
   * Keep at most `count` of the shown messages, at the older or newer end.
   * @param {number} count
   * @param {{older: boolean}} facts
   */
  bound(count, { older }) {
    if (this.shown.messages.length <= count) return;
    if (!older) return this.shown.keepNewest(count);
    const past = this.past ??= new MessageRange(this.tail.messages, { first: this.first });
    past.keepOldest(count);
    this.tail.keepNewest(count);
  }

  /** Keep only the newest: a room that is not shown should not hold a day's messages in memory. @param {number} count */
  trim(count) {
    this.past = null;
    this.quoted.clear();
    this.tail.keepNewest(count);
  }

  /** @param {number} user @param {Status | "offline"} status */
  setPresence(user, status) {
    if (status === "offline") this.online.delete(user);
    else this.online.set(user, status);
  }

  #join() {
    if (!this.past || this.past.newest < this.oldest - 1) return;
    this.tail.prepend(this.past.messages, this.past.first);
    this.past = null;
  }

  /** @param {SyncedRoom} state */
  #replace(state) {
    this.restored ||= state.epoch !== this.epoch && this.#rolledBack(state);
    this.tail = new MessageRange([...state.messages], { newest: state.messages.at(-1)?.seq ?? state.seq });
    this.past = null;
    this.quoted.clear();
    this.#awaited.clear();
  }

  /**
   * Whether messages that were shown here are missing or different: more than a long absence.
   * @param {{seq: number, messages: Message[]}} facts
   */
  #rolledBack({ seq, messages }) {
    if (!this.messages.length) return false;
    if (seq < this.seq) return true;
    const shown = new Map(this.messages.map((message) => [message.seq, message]));
    return messages.some((message) => (shown.get(message.seq)?.epoch ?? message.epoch) !== message.epoch);
  }

  /** @param {Amendment} amendment @param {Change} change */
  #apply(amendment, change) {
    const { seq } = amendment;
    const changed = (/** @type {Message} */ message) => change(message, amendment, this.me);
    this.tail.amend(seq, changed);
    this.past?.amend(seq, changed);
    const quoted = this.quoted.get(seq);
    if (quoted) this.quoted.set(seq, changed(quoted));
    for (const amendments of this.#awaited.values()) amendments.push({ amendment, change });
  }
}
