// Keeps the scroll position. At the end (within 80 px) the timeline follows new messages; anywhere else the first visible row
// stays exactly where it is, whatever is inserted above or below it, or changes its height.

const NEAR_END = 80;
const CANDIDATES = 5;   // rows remembered, in case the first of them is removed

export class Anchor {
  following = true;
  #held = [];
  #size = "";           // of the visible part, when the position was last looked at
  #scrolledTo = null;   // by this module

  /** `endIsLatest()`: whether the list's end is where new messages appear. `onScroll(byPerson)` */
  constructor(scroller, list, { onScroll, endIsLatest }) {
    this.scroller = scroller;
    this.list = list;
    this.endIsLatest = endIsLatest;
    scroller.addEventListener("scroll", () => this.#scrolled(onScroll), { passive: true });
    const observer = new ResizeObserver(() => this.restore());
    observer.observe(scroller);
    observer.observe(list);
  }

  get fromEnd() { return this.scroller.scrollHeight - this.scroller.scrollTop - this.scroller.clientHeight; }
  get fromStart() { return this.scroller.scrollTop; }

  /** The first visible message and its offset; null at the end. */
  get place() {
    const held = this.#held.find(({ row }) => row.dataset.seq);
    return held ? { seq: Number(held.row.dataset.seq), offset: held.offset } : null;
  }

  /** The seqs of the first and the last visible message, the last one wholly; null if there is none. */
  get inSight() {
    const { top, bottom } = this.scroller.getBoundingClientRect();
    const { children } = this.list;
    const rows = Array.from(children).slice(this.#firstBelow(top), this.#firstBelow(bottom + 1)).filter((row) => row.dataset.seq);
    return rows.length ? { first: Number(rows[0].dataset.seq), last: Number(rows.at(-1).dataset.seq) } : null;
  }

  /** Change the list without moving what is being read. */
  hold(change) {
    // Where the window became narrower, or the pane was hidden before, the position is not where anybody scrolled to.
    if (this.#size === this.#sizeNow) this.#look();
    else this.restore();
    change();
    this.restore();
  }

  /** Another room is shown: at its end. */
  reset() {
    this.following = true;
    this.#held = [];
    this.#size = "";
  }

  /** Restore the position, after anything changed its size. */
  restore() {
    if (this.following) return this.toEnd();
    const place = this.#held.find(({ row }) => row.isConnected);
    if (place) this.#scrollTo(this.scroller.scrollTop + this.#offset(place.row) - place.offset);
    this.#size = this.#sizeNow;
  }

  /** Scroll to the end, after a change of the list if given: no position is read before it, which would cost a layout. */
  toEnd(change = () => {}) {
    this.following = true;
    this.#held = [];
    change();
    this.#scrollTo(this.scroller.scrollHeight);
    this.#size = this.#sizeNow;
  }

  /** Scroll a row to `below` pixels under the upper edge. */
  toRow(row, below) {
    this.#scrollTo(this.scroller.scrollTop + this.#offset(row) - below);
    this.#look();
  }

  isAbove(row) { return this.#offset(row) + row.offsetHeight < 0; }
  isBelow(row) { return this.#offset(row) > this.scroller.clientHeight; }

  get #sizeNow() { return `${this.scroller.clientWidth} ${this.scroller.clientHeight}`; }

  #scrollTo(top) {
    if (this.scroller.scrollTop === top) return;
    this.scroller.scrollTo({ top, behavior: "instant" });
    this.#scrolledTo = this.scroller.scrollTop;
  }

  #scrolled(onScroll) {
    const byPerson = this.scroller.scrollTop !== this.#scrolledTo;
    this.#scrolledTo = null;
    if (this.#size === this.#sizeNow) this.#look();
    else this.restore();
    onScroll(byPerson);
  }

  #look() {
    if (!this.scroller.clientHeight) return;      // not shown: there is no position
    this.#size = this.#sizeNow;
    this.following = this.endIsLatest() && this.fromEnd <= NEAR_END;
    this.#held = this.following ? [] : this.#underEye().map((row) => ({ row, offset: this.#offset(row) }));
  }

  #offset(row) {
    return row.getBoundingClientRect().top - this.scroller.getBoundingClientRect().top;
  }

  #underEye() {
    const first = this.#firstBelow(this.scroller.getBoundingClientRect().top);
    const rowsBelow = Array.from({ length: CANDIDATES }, (_, index) => this.list.children[first + index]);
    return rowsBelow.filter((row) => row && row.dataset.stays !== "no");
  }

  /** The index of the first row that ends below `edge`, by bisection. */
  #firstBelow(edge) {
    const rows = this.list.children;
    let low = 0;
    let high = rows.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (rows[middle].getBoundingClientRect().bottom <= edge) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
