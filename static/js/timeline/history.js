// Paging back: older messages are fetched before the eye gets there, and put above it without a jump.

const PAGE = 50;
const FAR_PAGE = 100;
const FARTHEST = 30;         // pages fetched for one jump
const AHEAD = 1.5;           // screens above the eye
const RETRY = 3000;
const SKELETON_AFTER = 300;

export class History {
  #loading = null;           // the room being paged
  #notBefore = 0;

  constructor(timeline, request) {
    Object.assign(this, { timeline, request });
    timeline.on("scroll", () => this.#check());
    timeline.on("rendered", () => this.#check());
  }

  /** Page back until this seq is at hand; says whether it is. */
  async reach(seq) {
    const { room } = this.timeline;
    for (let page = 0; page < FARTHEST && room === this.timeline.room; page++) {
      if (room.oldest <= seq || room.first) break;
      if (!await this.#load(room, FAR_PAGE)) break;
    }
    return room === this.timeline.room && room.oldest <= seq && seq <= room.seq;
  }

  #check() {
    const { room, anchor, scroller } = this.timeline;
    if (!room?.synced || room.first || this.#loading === room || performance.now() < this.#notBefore) return;
    if (anchor.fromStart < scroller.clientHeight * AHEAD) this.#load(room, PAGE);
  }

  /** One page; false when it did not come or did not fit. */
  async #load(room, limit) {
    this.#loading = room;
    const skeleton = setTimeout(() => this.#quiet(false), SKELETON_AFTER);
    const came = await this.#page(room, limit);
    clearTimeout(skeleton);
    this.#quiet(true);
    this.#loading = null;
    if (room !== this.timeline.room) return false;
    if (came) this.timeline.render();
    else this.#later();
    return came;
  }

  async #page(room, limit) {
    const awaited = room.awaitPage();
    try {
      const { messages, first } = await this.request("history", { room: room.id, before: room.oldest, limit });
      return room.prepend(messages, first, awaited) > 0 || room.first;
    } catch {
      return false;
    }
  }

  #later() {
    this.#notBefore = performance.now() + RETRY;
    setTimeout(() => this.#check(), RETRY + 50);
  }

  #quiet(quiet) {
    this.timeline.row("older")?.classList.toggle("older--quiet", quiet);
  }
}
