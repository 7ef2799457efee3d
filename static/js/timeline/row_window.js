// Which of the loaded messages have rows: enough around the visible ones, and never a room's whole history. Pure.

const AT_END = 16;      // fills most windows; more are added above in the next frames, a few in each to keep frames short
const AROUND = 48;      // must reach below the window's edge, else the row cannot be scrolled to its place
const STEP = 12;
export const MOST_ROWS = 280;

export class RowWindow {
  #from = 0;
  #to = null;       // null: to the end, with every new message

  /** The newest. */
  toEnd({ newest }) {
    this.#from = newest + 1 - AT_END;
    this.#to = null;
  }

  /** Those around one message. */
  around(seq, { newest }) {
    this.#from = seq - AROUND / 2;
    this.#to = newest < this.#from + MOST_ROWS ? null : this.#from + AROUND;
  }

  /** More above, and fewer below beyond the limit; returns whether there were more. */
  older(messages) {
    const { from, to } = this.range(messages);
    if (from <= messages.firstShown) return false;
    this.#from = Math.max(messages.firstShown, from - STEP);
    if (to - this.#from >= MOST_ROWS) this.#to = this.#from + MOST_ROWS - 1;
    return true;
  }

  /** More below, and fewer above. */
  newer(messages) {
    const { from, to } = this.range(messages);
    if (to >= messages.newest) return false;
    const end = Math.min(messages.newest, to + STEP);
    this.#to = end === messages.newest ? null : end;
    this.#from = Math.max(from, end - MOST_ROWS + 1);
    return true;
  }

  /** Limit the rows after new messages: at the end old rows go, further up new ones. */
  limit(messages, following) {
    if (this.#from > messages.newest) return this.toEnd(messages);
    if (this.#to !== null || messages.newest - this.#from < MOST_ROWS) return;
    if (following) this.toEnd(messages);
    else this.#to = this.#from + MOST_ROWS - 1;
  }

  range({ firstShown, newest }) {
    return { from: Math.max(firstShown, this.#from), to: this.#to === null ? newest : Math.min(newest, this.#to) };
  }

  reachesEnd(messages) { return this.range(messages).to >= messages.newest; }
}
