// A contiguous range of a room's messages: the newest ones, or older ones. Pure.

export class MessageRange {
  /**
   * `messages` ascending; `newest`: the seq of the last, or of the one before an empty range.
   * @param {Message[]} [messages]
   * @param {{newest?: number, first?: boolean}} [facts]
   */
  constructor(messages = [], { newest = messages.at(-1)?.seq ?? 0, first = false } = {}) {
    this.messages = messages;
    this.newest = newest;
    this.first = first || messages[0]?.seq === 1;
  }

  get oldest() { return this.newest + 1 - this.messages.length; }
  /** The first that can be drawn in its final form: the one before it decides whether it needs a name or a day. */
  get firstShown() { return this.first ? this.oldest : this.oldest + 1; }
  /** @param {number} seq */
  shows(seq) { return seq >= this.firstShown && seq <= this.newest; }
  /** @param {number} seq */
  at(seq) { return this.messages[seq - this.oldest] ?? null; }

  /** The messages with `from` <= seq <= `to`. @param {number} from @param {number} to */
  between(from, to) {
    return this.messages.slice(Math.max(0, from - this.oldest), Math.max(0, to + 1 - this.oldest));
  }

  /**
   * Add a page before; one that leaves a gap is refused. Returns how many are new; `first`: nothing precedes them.
   * @param {Message[]} page
   * @param {boolean} first
   */
  prepend(page, first) {
    const older = page.filter((message) => message.seq < this.oldest);
    if ((older.at(-1)?.seq ?? this.oldest - 1) !== this.oldest - 1) return 0;
    this.messages = [...older, ...this.messages];
    this.first ||= first || this.oldest === 1;
    return older.length;
  }

  /** Add a page after, by the same rule. @param {Message[]} page */
  append(page) {
    const newer = page.filter((message) => message.seq > this.newest);
    if ((newer[0]?.seq ?? this.newest + 1) !== this.newest + 1) return 0;
    this.messages.push(...newer);
    this.newest += newer.length;
    return newer.length;
  }

  /**
   * Replace a message of the range by `change(message)`.
   * @param {number} seq
   * @param {(message: Message) => Message} change
   */
  amend(seq, change) {
    const at = seq - this.oldest;
    if (this.messages[at]) this.messages[at] = change(this.messages[at]);
  }

  /** @param {number} count */
  keepNewest(count) {
    if (this.messages.length <= count) return;
    this.messages = this.messages.slice(-count);
    this.first = this.oldest === 1;
  }

  /** @param {number} count */
  keepOldest(count) {
    if (this.messages.length <= count) return;
    this.newest = this.oldest + count - 1;
    this.messages = this.messages.slice(0, count);
  }
}
