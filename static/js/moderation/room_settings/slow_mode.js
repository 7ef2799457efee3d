// When I can write again in a room with slow mode. The server decides; this only shows how long it takes.

export class SlowMode {
  #until = new Map();     // room id → milliseconds by this machine's clock

  constructor({ me, now = Date.now }) {
    this.me = me;
    this.now = now;
  }

  /** A message of mine was just added to the room. */
  wrote(room) { this.#until.set(room.id, this.now() + room.slow_mode * 1000); }

  /** Whole seconds from now; 0 without a wait. */
  secondsFor(room) {
    if (!room.slow_mode || room.role !== "member") return 0;
    const until = this.#until.get(room.id) ?? this.#bySentAt(room);
    return Math.min(room.slow_mode, Math.max(0, Math.ceil((until - this.now()) / 1000)));
  }

  // For an earlier page only the server's time is known: if it is further off than slow mode lasts, the clocks differ.
  #bySentAt(room) {
    const last = room.messages.findLast(({ author, kind }) => author.id === this.me.id && kind !== "notice");
    const until = last ? last.sent_at + room.slow_mode * 1000 : 0;
    return until - this.now() > room.slow_mode * 1000 ? 0 : until;
  }
}
