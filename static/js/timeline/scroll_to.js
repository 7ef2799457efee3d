// Scrolls to a place: to the first unread or the latest message when a room is opened, or to the message of a link.

const UNDER_EDGE = 60;
const HELD = 4000;

export class ScrollTo {
  opened = true;             // whether the room was scrolled to its place since it was shown: before, nothing was seen
  #target = null;
  #visit = null;             // the current opening of a room
  #turn = 0;                 // a new target cancels the one before

  /** `connected()`: whether messages can be fetched; `missing()` is called when one is not available. */
  constructor(timeline, history, { connected, missing }) {
    this.timeline = timeline;
    this.history = history;
    this.connected = connected;
    this.missing = missing;
    timeline.on("rendered", () => this.#open());
  }

  show(room, seq = null) {
    if (room === this.timeline.room && this.opened && seq) return this.toMessage(seq);
    this.#turn += 1;
    this.#visit = null;
    this.opened = false;
    this.#target = seq;
    this.timeline.show(room, this.#opening(room));
  }

  /** The room's messages were replaced: scroll back to the one that was being read. */
  async reset(room) {
    const place = this.opened ? this.timeline.anchor.place : null;
    if (!this.opened && !this.timeline.waiting) return this.timeline.render();
    if (!place || place.seq > room.seq) return this.show(room, this.opened ? null : this.#target);
    const row = await this.#bring(place.seq);
    if (row) this.timeline.anchor.toRow(row, place.offset);
    else if (row === undefined) this.show(room);
  }

  toLatest() {
    this.#turn += 1;
    this.opened = true;
    this.timeline.waiting = false;
    this.timeline.showLatest();
  }

  /** Scroll to one message, however old. */
  async toMessage(seq) {
    const row = await this.#bring(seq);
    if (row) this.#hold(row);
    else if (row === undefined) this.missing();
  }

  /** Scroll to the first unread message, or to the latest if there is none. */
  async toUnread() {
    const { room, fresh } = this.timeline;
    if (room.unread > 0 && fresh === null) this.timeline.fresh = room.read;
    if (this.timeline.fresh === null) return this.toLatest();
    await this.#bring(this.timeline.fresh + 1);
    this.#toDivider();
  }

  async #open() {
    const { room, scroller } = this.timeline;
    if (this.opened || this.#visit || !room.synced || !scroller.clientHeight) return;
    const { fresh, seq } = this.#opening(room);
    // The page brings the newest messages, before there is a connection to fetch others by.
    if (seq !== null && !room.shown.shows(seq) && !this.connected()) return;
    const visit = this.#visit = {};
    this.timeline.fresh = fresh;
    if (this.#target) await this.toMessage(this.#target);
    else if (room.unread > 0) await this.toUnread();
    if (visit !== this.#visit) return;
    this.opened = true;
    this.timeline.invalidate();
  }

  /** Where the room opens: at the requested message, else at the first unread one. */
  #opening(room) {
    const fresh = room.synced && room.unread > 0 ? room.read : null;
    return { fresh, seq: this.#target ?? (fresh === null ? null : fresh + 1) };
  }

  /** The row of a message; null if a newer target replaced it, undefined if it is not available. */
  async #bring(seq) {
    const turn = ++this.#turn;
    const { timeline } = this;
    if (!timeline.room.shown.shows(seq) && !await this.#fetch(seq, turn)) return turn === this.#turn ? undefined : null;
    return timeline.showAround(seq) ?? undefined;
  }

  async #fetch(seq, turn) {
    const { timeline } = this;
    timeline.waiting = true;
    const came = await this.history.reach(seq);
    if (turn !== this.#turn) return false;
    timeline.waiting = false;
    if (!came) timeline.render();
    return came;
  }

  #toDivider() {
    if (!this.timeline.row("fresh")) this.timeline.render();
    const row = this.timeline.row("fresh");
    if (row) this.timeline.anchor.toRow(row, UNDER_EDGE);
  }

  #hold(row) {
    this.timeline.anchor.toRow(row, Math.max(UNDER_EDGE, this.timeline.scroller.clientHeight / 3));
    const article = row.firstElementChild;
    article.classList.add("message--held", "message--arrived");
    article.focus({ preventScroll: true });
    setTimeout(() => article.classList.remove("message--held"), HELD);
  }
}
