// How far I have read in a room, and how much follows: counted along with everything that comes. Pure.
// Of two markers the one of the later turn is right (a turn begins when one marks as unread), of one turn the higher.

import { names } from "./named_people.js";

export class ReadMarker {
  read = 0;
  turn = 0;
  unread = 0;
  mentions = 0;
  sure = true;        // whether both counts are known to be right; where not, the server must be asked
  pending = null;     // what I did here and the server has not heard: {seq, turn, back}

  /** `room`: {me, seq, oldest, at(seq)} */
  constructor(room) {
    this.room = room;
  }

  /** A message was put at the room's end. */
  came(message) {
    if (!this.#counts(message)) return this.#follow(message.seq);
    this.unread += 1;
    this.mentions += this.#mentions(message) ? 1 : 0;
  }

  /** A message was changed; both null where we do not have it. */
  changed(amendment, before, after) {
    if (amendment.seq <= this.read || amendment.reacted || this.#recount()) return;
    if (!before) this.sure = false;
    else {
      this.unread += Number(this.#counts(after)) - Number(this.#counts(before));
      this.mentions += Number(this.#mentions(after)) - Number(this.#mentions(before));
    }
  }

  /** Take what `sync` says; what I did here meanwhile still holds, if nothing newer happened elsewhere. */
  take({ read, turn = 0, unread, mentions }) {
    Object.assign(this, { read, turn, unread, mentions, sure: true });
    if (!this.pending) return;
    if (this.pending.back) this.#moveTo(this.pending.seq, turn + 1);
    else if (this.pending.turn === turn) this.#moveTo(Math.max(read, this.pending.seq), turn);
    else this.pending = null;
  }

  /** I have read up to here; says whether that is news. */
  markRead(seq) {
    if (seq <= this.read) return false;
    this.pending = { seq, turn: this.turn, back: false };
    this.#moveTo(seq, this.turn);
    return true;
  }

  /** The message `seq` and all after it are unread to me again. */
  markUnread(seq) {
    if (seq > this.read) return false;
    this.pending = { seq: seq - 1, turn: this.turn, back: true };
    this.#moveTo(seq - 1, this.turn + 1);
    return true;
  }

  /** The server told of a marker; says whether it is newer than ours. */
  told(seq, turn = this.turn) {
    if (turn < this.turn || (turn === this.turn && seq <= this.read)) return false;
    if (turn > this.turn) this.pending = null;
    this.#moveTo(seq, turn);
    return true;
  }

  /** The server's answer to what was `asked`: its counts are right where the room still stands as it did then. */
  confirm({ read, turn, unread, mentions, epoch, seq, rev }, asked) {
    if (this.pending === asked) this.pending = null;
    // Which turn begins with going back was a guess of ours.
    if (asked.back && this.turn === asked.turn + 1) this.turn = turn;
    this.told(read, turn);
    const { room } = this;
    if (this.pending || epoch !== room.epoch || seq !== room.seq || rev !== room.rev) return;
    Object.assign(this, { read, turn, unread, mentions, sure: true });
  }

  // One's own message is read with the one before it: as the server has it.
  #follow(seq) {
    if (this.read === seq - 1 && !this.pending) this.read = seq;
  }

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

  /** Count what is at hand, if that is all that is unread. */
  #recount() {
    const { room } = this;
    if (room.oldest > this.read + 1) return false;
    this.unread = this.mentions = 0;
    for (let seq = this.read + 1; seq <= room.seq; seq++) {
      const message = room.at(seq);
      if (this.#counts(message)) this.unread += 1;
      if (this.#mentions(message)) this.mentions += 1;
    }
    this.sure = true;
    return true;
  }

  /** The messages with `low` < seq <= `high`, or null if not all are at hand. */
  #between(low, high) {
    const found = [];
    for (let seq = high; seq > low; seq--) {
      const message = this.room.at(seq);
      if (!message) return null;
      found.push(message);
    }
    return found;
  }

  #counts({ author, deleted }) { return !deleted && author?.id !== this.room.me; }

  #mentions(message) { return this.#counts(message) && names(message, this.room.me) && !this.room.blocks?.has(message.author?.id); }
}
