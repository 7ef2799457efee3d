// Moves the read marker: only over what was really seen, in a window that has the focus.

const TOGETHER = 400;   // several messages seen at once are one request

export class Reader {
  #unsent = new Map();  // room id → seq
  #timer = null;

  /** `request(event, payload)`; `told(room)`: a room's unread count changed here; `opened()`: the eye has been put. */
  constructor(timeline, { request, told, opened }) {
    Object.assign(this, { timeline, request, told, opened });
    timeline.on("rendered", () => this.look());
    timeline.on("scroll", () => this.look());
    addEventListener("focus", () => this.look());
    addEventListener("blur", () => this.#left());
    document.addEventListener("visibilitychange", () => (document.hidden ? this.#left() : this.look()));
  }

  /** Whether someone is looking at the newest message now. */
  get present() { return this.#looking && this.timeline.anchor.following; }

  look() {
    const { room } = this.timeline;
    if (!this.#looking || room.unread === 0) return;
    const seq = this.timeline.anchor.following ? room.seq : this.#readOn(room);
    if (seq > room.read) this.markRead(room, seq);
  }

  markRead(room, seq = room.seq) {
    if (!room.markRead(seq)) return;
    this.#unsent.set(room.id, seq);
    this.told(room);
    if (this.#timer === null) this.#timer = setTimeout(() => this.#send(), TOGETHER);
  }

  /** After a reconnection: what the server may not have heard. */
  resend() { this.#send(); }

  /** While nobody looked, a message came: the divider goes before it. */
  missed(room) {
    if (room.unread > 0 && this.timeline.fresh === null) this.timeline.fresh = room.read;
  }

  get #looking() {
    const { room, scroller, waiting } = this.timeline;
    return Boolean(room?.synced && this.opened() && !waiting && scroller.clientHeight > 0 && !document.hidden && document.hasFocus());
  }

  /** How far one has read by what is in sight: whoever looks at later messages only has not read those before them. */
  #readOn(room) {
    const sight = this.timeline.anchor.inSight;
    return sight && sight.first <= room.read + 1 ? sight.last : room.read;
  }

  #left() {
    const { room } = this.timeline;
    if (room?.unread === 0) this.timeline.fresh = null;
  }

  async #send() {
    this.#timer = null;
    for (const [room, seq] of [...this.#unsent]) {
      const sent = await this.request("read", { room, seq }).then(() => true, ({ code }) => code === "not_found" || code === "not_member");
      if (sent && this.#unsent.get(room) === seq) this.#unsent.delete(room);
    }
  }
}
