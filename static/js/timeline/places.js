// Where the eye is put: at the first unread message or at the present when a room is opened, at a message that a link
// names; and the two buttons that lead up to what is unread and down to the present.

import { clock, plural } from "../format.js";
import { setText } from "../dom.js";

const UNDER_EDGE = 60;
const HELD = 4000;
const NOT_FAR = 300;         // messages

export class Places {
  opened = true;             // whether the eye has been put since the room was shown: before, nothing was seen
  #opening = false;
  #target = null;
  #below = 0;                // what came while the eye was elsewhere
  #unread = null;            // {count, after, since} as it was when the room was opened

  constructor(timeline, history, { up, down }) {
    Object.assign(this, { timeline, history, up, down });
    timeline.on("rendered", () => this.#open());
    timeline.on("rendered", () => this.#buttons());
    timeline.on("scroll", () => this.#buttons());
    up.addEventListener("click", () => this.#toUnread());
    down.addEventListener("click", () => this.toPresent());
  }

  show(room, seq = null) {
    this.opened = false;
    this.#target = seq;
    this.#below = 0;
    this.#unread = null;
    this.timeline.show(room);
  }

  /** The room's messages were replaced under us: whoever read an earlier one finds it again, if it is not far. */
  async reset(room) {
    if (!this.opened) return this.timeline.render();
    const place = this.timeline.anchor.place;
    this.show(room);
    if (!place || place.seq > room.seq || room.oldest - place.seq > NOT_FAR) return;
    this.opened = true;
    if (!await this.history.reach(place.seq)) return;
    this.timeline.render();
    const row = this.timeline.rowOf(place.seq);
    if (row) this.timeline.anchor.toRow(row, place.offset);
  }

  arrived(count) {
    if (!this.timeline.anchor.following) this.#below += count;
  }

  toPresent() {
    this.#below = 0;
    this.timeline.anchor.toEnd();
    this.#buttons();
  }

  /** Go to one message, however old; says whether it could be reached. */
  async toMessage(seq) {
    if (!await this.history.reach(seq)) return false;
    this.timeline.render();
    const row = this.timeline.rowOf(seq);
    if (!row) return false;
    this.timeline.anchor.toRow(row, Math.max(UNDER_EDGE, this.timeline.scroller.clientHeight / 3));
    this.#hold(row);
    return true;
  }

  #open() {
    const { room } = this.timeline;
    if (this.opened || this.#opening || !room.synced || !this.timeline.scroller.clientHeight) return;
    this.#opening = true;
    if (room.unread > 0) this.#openUnread(room);
    this.#opening = false;
    this.opened = true;
    if (this.#target) this.toMessage(this.#target);
  }

  #openUnread(room) {
    this.timeline.fresh = room.read;
    const first = room.messages.find((message) => message.seq > room.read);
    this.#unread = { count: room.unread, after: room.read, since: first?.sent_at };
    this.timeline.render();
    const row = this.timeline.row("fresh");
    if (row && room.oldest <= room.read + 1) this.timeline.anchor.toRow(row, UNDER_EDGE);
  }

  async #toUnread() {
    const { after } = this.#unread ?? {};
    if (after === undefined) return;
    await this.history.reach(after + 1);
    this.timeline.render();
    const row = this.timeline.row("fresh");
    if (row) this.timeline.anchor.toRow(row, UNDER_EDGE);
    this.#unread = null;
    this.#buttons();
  }

  #buttons() {
    const { anchor, scroller, fresh } = this.timeline;
    if (anchor.following) this.#below = 0;
    this.down.hidden = anchor.following || (this.#below === 0 && anchor.fromEnd < scroller.clientHeight);
    setText(this.down.lastElementChild, this.#below ? `${this.#below} new, go to the present` : "Go to the present");
    if (fresh === null || this.#unreadInSight()) this.#unread = null;
    this.up.hidden = !this.#unread;
    if (this.#unread) setText(this.up.lastElementChild, this.#upWords());
  }

  #unreadInSight() {
    const { room, anchor } = this.timeline;
    const row = this.timeline.row("fresh");
    return this.#unread && row && room.oldest <= this.#unread.after + 1 && !anchor.isAbove(row);
  }

  #upWords() {
    const { count, after, since } = this.#unread;
    const known = this.timeline.room.oldest <= after + 1 && since;
    return plural(count, "unread", "unread") + (known ? ` since ${clock(since)}` : "");
  }

  #hold(row) {
    const article = row.firstElementChild;
    article.classList.add("message--held", "message--arrived");
    article.focus({ preventScroll: true });
    setTimeout(() => article.classList.remove("message--held"), HELD);
  }
}
