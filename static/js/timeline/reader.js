// Moves the read marker: only when the newest message was really seen, in a window that has the focus.

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
  get present() {
    const { room, anchor, scroller } = this.timeline;
    return Boolean(room?.synced && this.opened() && anchor.following && scroller.clientHeight > 0 && !document.hidden && document.hasFocus());
  }

  look() {
    const { room } = this.timeline;
    if (this.present && room.unread > 0) this.markRead(room);
  }

  markRead(room) {
    if (!room.markRead(room.seq)) return;
    this.#unsent.set(room.id, room.seq);
    this.told(room);
    if (this.#timer === null) this.#timer = setTimeout(() => this.#send(), TOGETHER);
  }

  /** After a reconnection: what the server may not have heard. */
  resend() { this.#send(); }

  /** While nobody looked, a message came: the divider goes before it. */
  missed(room) {
    if (room.unread > 0 && this.timeline.fresh === null) this.timeline.fresh = room.read;
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
