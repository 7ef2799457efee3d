// When I may write again in a room with slow mode. The server counts; this only tells how long it will be.

export class SlowMode {
  #until = new Map();     // room id → by this machine's clock

  constructor({ me, now = Date.now }) {
    this.me = me;
    this.now = now;
  }

  /** A message of mine came to stand in the room just now. */
  wrote(room) { this.#until.set(room.id, this.now() + room.slow_mode * 1000); }

  /** Whole seconds from now; 0 where one need not wait. */
  secondsFor(room) {
    if (!room.slow_mode || room.role !== "member") return 0;
    const until = this.#until.get(room.id) ?? this.#bySentAt(room);
    return Math.min(room.slow_mode, Math.max(0, Math.ceil((until - this.now()) / 1000)));
  }

  // Of an earlier page only the server's time is known: one that is further off than slow mode lasts is another clock's.
  #bySentAt(room) {
    const last = room.messages.findLast(({ author, kind }) => author.id === this.me.id && kind !== "notice");
    const until = last ? last.sent_at + room.slow_mode * 1000 : 0;
    return until - this.now() > room.slow_mode * 1000 ? 0 : until;
  }
}
