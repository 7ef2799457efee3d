// How far I have read in a room, and how much is unread after it: counted along with every event. Pure. Of two markers the one
// of the later turn wins (a turn begins when a message is marked as unread), within a turn the higher one.

import { names } from "./named_people.js";

export class ReadMarker {
  read = 0;
  turn = 0;
  unread = 0;
  mentions = 0;
  sure = true;        // whether both counts are known to be right; otherwise the server must be asked
  /** @type {PendingRead | null} a change made here that the server has not confirmed */
  pending = null;

  /** @param {Room} room */
  constructor(room) {
    this.room = room;
  }

  /** A message was added at the room's end. @param {Message} message */
  came(message) {
    if (!this.#counts(message)) return this.#follow(message.seq);
    this.unread += 1;
    this.mentions += this.#mentions(message) ? 1 : 0;
  }

  /**
   * A message was changed; `before` and `after` are null if it is not loaded.
   * @param {Amendment} amendment
   * @param {Message | null} before
   * @param {Message | null} after
   */
  changed(amendment, before, after) {
    if (amendment.seq <= this.read || amendment.reacted || this.#recount()) return;
    if (!before || !after) this.sure = false;
    else {
      this.unread += Number(this.#counts(after)) - Number(this.#counts(before));
      this.mentions += Number(this.#mentions(after)) - Number(this.#mentions(before));
    }
  }

  /**
   * Apply the state of a `sync`; a pending change stays, unless something newer happened on another device.
   * @param {{read: number, turn?: number, unread: number, mentions: number}} facts
   */
  take({ read, turn = 0, unread, mentions }) {
    Object.assign(this, { read, turn, unread, mentions, sure: true });
    if (!this.pending) return;
    if (this.pending.back) this.#moveTo(this.pending.seq, turn + 1);
    else if (this.pending.turn === turn) this.#moveTo(Math.max(read, this.pending.seq), turn);
    else this.pending = null;
  }

  /** I have read up to `seq`; returns whether that is new. @param {number} seq */
  markRead(seq) {
    if (seq <= this.read) return false;
    this.pending = { seq, turn: this.turn, back: false };
    this.#moveTo(seq, this.turn);
    return true;
  }

  /** Mark the message `seq` and all after it as unread. @param {number} seq */
  markUnread(seq) {
    if (seq > this.read) return false;
    this.pending = { seq: seq - 1, turn: this.turn, back: true };
    this.#moveTo(seq - 1, this.turn + 1);
    return true;
  }

  /** A marker came from the server; returns whether it is newer than ours. @param {number} seq */
  told(seq, turn = this.turn) {
    if (turn < this.turn || (turn === this.turn && seq <= this.read)) return false;
    if (turn > this.turn) this.pending = null;
    this.#moveTo(seq, turn);
    return true;
  }

  /**
   * The server's answer to `asked`: its counts are right if the room has not changed since.
   * @param {{read: number, turn: number, unread: number, mentions: number, epoch: string, seq: number, rev: number}} facts
   * @param {PendingRead} asked
   */
  confirm({ read, turn, unread, mentions, epoch, seq, rev }, asked) {
    if (this.pending === asked) this.pending = null;
    // The turn that begins with marking as unread was a guess.
    if (asked.back && this.turn === asked.turn + 1) this.turn = turn;
    this.told(read, turn);
    const { room } = this;
    if (this.pending || epoch !== room.epoch || seq !== room.seq || rev !== room.rev) return;
    Object.assign(this, { read, turn, unread, mentions, sure: true });
  }

  // My own message is read together with the one before it: the server's rule.
  /** @param {number} seq */
  #follow(seq) {
    if (this.read === seq - 1 && !this.pending) this.read = seq;
  }

  /** @param {number} seq @param {number} turn */
  #moveTo(seq, turn) {
    const [low, high] = [Math.min(seq, this.read), Math.max(seq, this.read)];
    const between = this.#between(low, high);
    const sign = seq < this.read ? 1 : -1;
    Object.assign(this, { read: seq, turn });
    if (this.#recount()) return;
    if (!between) this.sure = false;
    else {
      this.unread += sign * between.filter((message) => this.#counts(message)).length;
      this.mentions += sign * between.filter((message) => this.#mentions(message)).length;
    }
  }

  /** Count the loaded messages, if they include all unread ones. */
  #recount() {
    const { room } = this;
    if (room.oldest > this.read + 1) return false;
    this.unread = this.mentions = 0;
    for (let seq = this.read + 1; seq <= room.seq; seq++) {
      const message = room.at(seq);
      if (message && this.#counts(message)) this.unread += 1;
      if (message && this.#mentions(message)) this.mentions += 1;
    }
    this.sure = true;
    return true;
  }

  /** The messages with `low` < seq <= `high`, or null if not all are loaded. @param {number} low @param {number} high */
  #between(low, high) {
    const found = [];
    for (let seq = high; seq > low; seq--) {
      const message = this.room.at(seq);
      if (!message) return null;
      found.push(message);
    }
    return found;
  }

  /** @param {{author: Person, deleted?: boolean}} message */
  #counts({ author, deleted }) { return !deleted && author?.id !== this.room.me; }

  /** @param {Message} message */
  #mentions(message) { return this.#counts(message) && names(message, this.room.me ?? -1) && !this.room.blocks?.has(message.author?.id); }
}
