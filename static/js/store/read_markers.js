// Tells the server how far I have read, as soon as it can be told, and asks it where we cannot count ourselves.

const TOGETHER = 400;    // several messages read at once are one request
const SPREAD = 2000;     // not all members ask in the instant in which an old message is deleted
const RETRY = 3000;
const HOPELESS = new Set(["not_found", "not_member", "banned", "bad_request"]);

export class ReadMarkers {
  #timers = new Map();   // room → the timer that tells or asks
  #busy = new Set();

  /** `request(event, payload)`; `changed(room)`: what is unread in a room is another number now. */
  constructor({ request, changed, later = (act, delay) => setTimeout(act, delay) }) {
    this.request = request;
    this.changed = changed;
    this.later = later;
  }

  markRead(room, seq = room.seq) {
    if (!room.marker.markRead(seq)) return;
    this.changed(room);
    this.#soon(room, TOGETHER);
  }

  /** From this message on everything is unread, and stays so until the room is looked at anew. */
  markUnread(room, seq) {
    room.held = true;
    if (!room.marker.markUnread(seq)) return;
    this.changed(room);
    this.#soon(room, 0);
  }

  /** Another device told, or a message changed that we do not have. */
  check(room) {
    if (!room.marker.sure) this.#soon(room, Math.random() * SPREAD);
  }

  /** After a reconnection, and before one leaves: what the server may not have heard. */
  resend(rooms) {
    for (const room of rooms) if (room.marker.pending) this.#send(room);
  }

  #soon(room, delay) {
    if (!this.#timers.has(room)) this.#timers.set(room, this.later(() => this.#send(room), delay));
  }

  async #send(room) {
    this.#timers.delete(room);
    if (this.#busy.has(room) || !room.synced) return;
    this.#busy.add(room);
    const { marker } = room;
    const asked = marker.pending ?? { seq: marker.read, turn: marker.turn };
    const { seq, turn, back } = asked;
    const answer = await this.request("read", { room: room.id, seq, ...(back ? { back } : { turn }) }).catch((error) => ({ error }));
    this.#busy.delete(room);
    this.#take(room, asked, answer);
  }

  #take(room, asked, { error, ...answer }) {
    const { marker } = room;
    if (error?.code === "offline") return;               // `resend` comes with the connection
    if (error && HOPELESS.has(error.code)) marker.pending = null;
    else if (!error) {
      marker.confirm(answer, asked);
      this.changed(room);
    }
    if (marker.pending || (!marker.sure && !HOPELESS.has(error?.code))) this.#soon(room, error ? RETRY : SPREAD * Math.random());
  }
}
