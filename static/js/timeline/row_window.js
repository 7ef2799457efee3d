// Which of the messages at hand have rows: enough around the eye, and never a room's whole past. Pure.

const AT_END = 16;      // fill most windows; more come above in the next frames, a few in each so that none of them is long
const AROUND = 48;      // must reach below the window's edge, else the eye cannot be put
const STEP = 12;
export const MOST_ROWS = 280;

export class RowWindow {
  #from = 0;
  #to = null;       // null: to the end, with whatever comes

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

  /** More above, and less below where that becomes too much; says whether there was more. */
  older(stretch) {
    const { from, to } = this.range(stretch);
    if (from <= stretch.firstShown) return false;
    this.#from = Math.max(stretch.firstShown, from - STEP);
    if (to - this.#from >= MOST_ROWS) this.#to = this.#from + MOST_ROWS - 1;
    return true;
  }

  /** More below, and less above. */
  newer(stretch) {
    const { from, to } = this.range(stretch);
    if (to >= stretch.newest) return false;
    const end = Math.min(stretch.newest, to + STEP);
    this.#to = end === stretch.newest ? null : end;
    this.#from = Math.max(from, end - MOST_ROWS + 1);
    return true;
  }

  /** Take note of what came at the end: who follows it needs no old rows, who reads further up no new ones. */
  settle(stretch, following) {
    if (this.#from > stretch.newest) return this.toEnd(stretch);
    if (this.#to !== null || stretch.newest - this.#from < MOST_ROWS) return;
    if (following) this.toEnd(stretch);
    else this.#to = this.#from + MOST_ROWS - 1;
  }

  range({ firstShown, newest }) {
    return { from: Math.max(firstShown, this.#from), to: this.#to === null ? newest : Math.min(newest, this.#to) };
  }

  reachesEnd(stretch) { return this.range(stretch).to >= stretch.newest; }
}
