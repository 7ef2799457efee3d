// The list of messages is one stop for the Tab key, and always is one: the message that last had the focus; before that the first
// unread one, else the newest. Only that message offers its links and buttons to the key.

const ROWS = "#messages > li";

export class RovingTabindex {
  #row;                    // the one that is reachable; null without a message
  #visited = false;        // whether it had the focus
  #passed = null;          // the divider "New since" above which nothing is looked for any more
  #next = null;            // returns the row that gets the focus when it is drawn

  constructor(timeline) {
    this.timeline = timeline;
    timeline.list.addEventListener("focusin", ({ target }) => this.#reach(target.closest(ROWS), true));
    timeline.on("rendered", () => this.#follow());
    timeline.on("latest", () => { this.#visited = false; this.#passed = this.#divider; });
  }

  /** Focus the newest message, once it is drawn. */
  focusNewest() { this.#focus(() => this.#newest()); }

  /** Focus the first unread message, once it is drawn. */
  focusUnread() { this.#focus(() => this.#first()); }

  #focus(find) {
    this.#next = find;
    this.timeline.invalidate();
  }

  #follow() {
    const next = this.#next?.();
    this.#next = null;
    if (next) next.firstElementChild.focus({ preventScroll: true });
    else if (!this.#visited || !this.#row?.isConnected) this.#reach(this.#first(), false);
  }

  #reach(row, visited) {
    this.#visited = visited;
    if (row === this.#row) return;
    if (this.#row) setReachable(this.#row, false);
    if (row) setReachable(row, true);
    this.#row = row;
    this.timeline.scroller.tabIndex = row ? -1 : 0;     // without a message, the list itself must be scrolled by keys
  }

  /** The first unread message, else the newest. */
  #first() {
    let row = this.#divider === this.#passed ? null : this.timeline.row("fresh");
    while (row && !isMessage(row)) row = row.nextElementSibling;
    return row ?? this.#newest();
  }

  get #divider() { return `${this.timeline.room?.id} ${this.timeline.fresh}`; }

  #newest() {
    let row = this.timeline.list.lastElementChild;
    while (row && !isMessage(row)) row = row.previousElementSibling;
    return row;
  }
}

/** A row that is drawn again stays as reachable as it was. */
export function keepReachable(row) {
  setReachable(row, row.dataset.reachable === "yes");
}

function isMessage({ dataset }) { return "author" in dataset; }

function setReachable(row, reachable) {
  row.dataset.reachable = reachable ? "yes" : "no";
  for (const each of row.querySelectorAll("article, a[href], button, .spoiler[role]")) each.tabIndex = reachable ? 0 : -1;
}
