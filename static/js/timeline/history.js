// Paging in both directions: rows are created, and older or newer messages fetched, before they scroll into sight.

import { announce } from "../core/announce.js";
import { ngettext } from "../core/translate.js";

const PAGE = 50;
const AROUND = 100;          // messages fetched around one that is linked
const AT_HAND = 1000;        // messages kept in the shown range
const AHEAD = 1200;          // pixels beyond the visible part
const RETRY = 3000;
const SKELETON_AFTER = 300;

export class History {
  #loading = null;           // the room whose page is being fetched
  #notBefore = 0;

  constructor(timeline, request) {
    this.timeline = timeline;
    this.request = request;
    timeline.on("scroll", () => this.#check());
    timeline.on("rendered", () => this.#check());
    timeline.on("page", (side) => this.#page(side));
  }

  /** Load a message, however old; resolves with whether it is there. */
  async reach(seq) {
    const { room } = this.timeline;
    if (!room.shown.shows(seq)) {
      if (room.tail.shows(seq)) room.returnToLatest();
      else await this.#ask(room, { around: seq, limit: AROUND }, (page, first) => { if (page.length) room.goBackTo(page, first); });
    }
    return room === this.timeline.room && room.shown.shows(seq);
  }

  /** A button asked for more; says how many came. */
  async #page(side) {
    const { room, list } = this.timeline;
    const before = list.querySelectorAll("li[data-author]").length;
    await (side === "older" ? this.#older(room) : this.#newer(room));
    this.timeline.render();
    const count = list.querySelectorAll("li[data-author]").length - before;
    announce(side === "older" ? ngettext("%(count)s earlier message", "%(count)s earlier messages", count) : ngettext("%(count)s later message", "%(count)s later messages", count));
  }

  #check() {
    const { room, anchor, scroller, waiting } = this.timeline;
    if (!room?.synced || waiting || !scroller.clientHeight) return;
    if (anchor.fromStart < AHEAD) this.#older(room);
    if (anchor.fromEnd < AHEAD) this.#newer(room);
  }

  #older(room) {
    if (this.timeline.rowWindow.older(room.shown)) return this.timeline.invalidate();
    if (room.shown.first) return undefined;
    return this.#load(room, "older", { before: room.shown.oldest }, (page, first) => room.prepend(page, first) > 0 || room.shown.first);
  }

  #newer(room) {
    if (this.timeline.rowWindow.newer(room.shown)) return this.timeline.invalidate();
    if (!room.past) return undefined;
    return this.#load(room, "newer", { before: room.past.newest + 1 + PAGE }, (page) => room.append(page) > 0 || !room.past);
  }

  /** Load one page; after a failure it is requested again a little later. */
  async #load(room, side, where, take) {
    if (this.#loading === room || performance.now() < this.#notBefore) return;
    this.#loading = room;
    const skeleton = setTimeout(() => this.#quiet(side, false), SKELETON_AFTER);
    const came = await this.#ask(room, { ...where, limit: PAGE }, take);
    clearTimeout(skeleton);
    this.#quiet(side, true);
    this.#loading = null;
    if (room !== this.timeline.room) return;
    if (!came) return this.#later();
    room.bound(AT_HAND, { older: side === "older" });
    // Its rows are drawn with it: changes to the rows beside it, such as a repeated name, must stay out of sight.
    this.timeline.rowWindow[side](room.shown);
    this.timeline.render();
  }

  async #ask(room, where, take) {
    const awaited = room.expectPage();
    const answer = await this.request("history", { room: room.id, ...where }).catch(() => null);
    const page = room.applyPage(awaited, answer?.messages ?? []);
    return answer && page ? take(page, answer.first) : false;
  }

  #later() {
    this.#notBefore = performance.now() + RETRY;
    setTimeout(() => this.#check(), RETRY + 50);
  }

  #quiet(side, quiet) {
    this.timeline.row(side)?.classList.toggle("far--quiet", quiet);
  }
}
