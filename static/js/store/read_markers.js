// Sends read markers to the server as soon as it can be reached, and asks it for counts that cannot be known here.

const TOGETHER = 400;    // several messages read at once are one request
const SPREAD = 2000;     // members do not all ask at the moment an old message is deleted
const RETRY = 3000;
const HOPELESS = new Set(["not_found", "not_member", "banned", "bad_request"]);

export class ReadMarkers {
  #timers = new Map();   // room → the timer that sends or asks
  #busy = new Set();

  /**
   * `request(event, payload)`; `changed(room)`: the unread count of a room changed.
   * @param {{request: SendRequest, changed: (room: Room) => void, later?: Later}} facts
   */
  constructor({ request, changed, later = (act, delay) => setTimeout(act, delay) }) {
    this.request = request;
    this.changed = changed;
    this.later = later;
  }

  /** @param {Room} room */
  markRead(room, seq = room.seq) {
    if (!room.marker.markRead(seq)) return;
    this.changed(room);
    this.#soon(room, TOGETHER);
  }

  /** Everything from this message on is unread, until the room is opened again. @param {Room} room @param {number} seq */
  markUnread(room, seq) {
    room.held = true;
    if (!room.marker.markUnread(seq)) return;
    this.changed(room);
    this.#soon(room, 0);
  }

  /** Another device read on, or a message that is not loaded changed. @param {Room} room */
  check(room) {
    if (!room.marker.sure) this.#soon(room, Math.random() * SPREAD);
  }

  /**
   * After a reconnection, and before the page goes away: send what the server may not have received.
   * @param {Room[]} rooms
   */
  resend(rooms) {
    for (const room of rooms) if (room.marker.pending) this.#send(room);
  }

  /** @param {Room} room @param {number} delay */
  #soon(room, delay) {
    if (!this.#timers.has(room)) this.#timers.set(room, this.later(() => this.#send(room), delay));
  }

  /** @param {Room} room */
  async #send(room) {
    this.#timers.delete(room);
    if (this.#busy.has(room) || !room.synced) return;
    this.#busy.add(room);
    const { marker } = room;
    const asked = marker.pending ?? { seq: marker.read, turn: marker.turn, back: false };
    const { seq, turn, back } = asked;
    const answer = await this.request("read", { room: room.id, seq, ...(back ? { back } : { turn }) }).catch((error) => ({ error }));
    this.#busy.delete(room);
    this.#take(room, asked, answer);
  }

  /** @param {Room} room @param {PendingRead} asked @param {any} answer */
  #take(room, asked, { error, ...answer }) {
    const { marker } = room;
    if (error?.code === "offline") return;               // `resend` is called with the connection
    if (error && HOPELESS.has(error.code)) marker.pending = null;
    else if (!error) {
      marker.confirm(answer, asked);
      this.changed(room);
    }
    if (marker.pending || (!marker.sure && !HOPELESS.has(error?.code))) this.#soon(room, error ? RETRY : SPREAD * Math.random());
  }
}
