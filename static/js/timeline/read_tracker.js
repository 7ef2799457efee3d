// Moves the read marker over messages that were in sight of somebody, in a focused window.

export class ReadTracker {
  /**
   * `markRead(room, seq)` sends the marker; `opened()`: the room was scrolled to its place; `awake()`: somebody is at the device;
   * `looked(room or null)` gets the room that somebody looks at.
   */
  constructor(timeline, { markRead, opened, awake, looked }) {
    this.timeline = timeline;
    this.markRead = markRead;
    this.opened = opened;
    this.awake = awake;
    this.looked = looked;
    timeline.on("rendered", () => this.look());
    timeline.on("scroll", () => this.look());
    addEventListener("focus", () => this.look());
    addEventListener("blur", () => this.#left());
    document.addEventListener("visibilitychange", () => (document.hidden ? this.#left() : this.look()));
  }

  /** Whether somebody sees the newest message now. */
  get present() { return this.#looking && this.timeline.anchor.following; }

  look() {
    const { room } = this.timeline;
    const looking = this.#looking;
    this.looked(looking ? room : null);
    if (!looking || room.unread === 0) return;
    const seq = this.timeline.anchor.following ? room.seq : this.#readOn(room);
    if (seq > room.read) this.markRead(room, seq);
  }

  /** A message came while nobody looked: the divider goes before it. */
  missed(room) {
    if (room.unread > 0 && this.timeline.fresh === null) this.timeline.fresh = room.read;
  }

  get #looking() {
    const { room, scroller, waiting } = this.timeline;
    const shown = room?.synced && !room.held && this.opened() && !waiting && scroller.clientHeight > 0;
    return Boolean(shown && this.awake() && !document.hidden && document.hasFocus());
  }

  /** How far the visible messages count as read: seeing only later ones does not read those before them. */
  #readOn(room) {
    const sight = this.timeline.anchor.inSight;
    return sight && sight.first <= room.read + 1 ? sight.last : room.read;
  }

  #left() {
    const { room } = this.timeline;
    this.looked(null);
    if (room?.unread === 0) this.timeline.fresh = null;
  }
}
