// Stores what is read, for reading it offline: only while the page is live, a little after each change, and only changed rooms,
// so that nobody waits for it.

const TOGETHER = 2000;
const STILL_LIVE = 30_000;
const MESSAGES = 50;
const SEEN_HERE = ["rooms", "room", "state", "seq", "states", "kept"];     // depends on this page's address, or comes from the rooms

export class LastReadWriter {
  /** @type {Set<Room>} */
  #changed = new Set();
  /** @type {{delay: number, id: any} | null} */
  #timer = null;

  /**
   * @param {{page: Page, rooms: import("../store/rooms.js").Rooms, connection: import("../core/emitter.js").Emitter & {state: string}}} chat
   * @param {import("./last_read.js").LastRead} store
   * @param {{now?: Now, later?: Later}} [options]
   */
  constructor(chat, store, { now = Date.now, later = (act, delay) => setTimeout(act, delay) } = {}) {
    this.chat = chat;
    this.store = store;
    this.now = now;
    this.later = later;
    const { rooms, connection } = chat;
    rooms.on("messages", ({ room }) => this.#note(room));
    for (const change of ["read", "reset", "unsure"]) rooms.on(change, (room) => this.#note(room));
    for (const change of ["list", "synced"]) rooms.on(change, () => this.#note(...rooms.all()));
    connection.on("state", () => this.#soon(TOGETHER));
    this.#note(...rooms.all());     // this script may come after the rooms
  }

  /** Write pending changes now. */
  async save() {
    this.#timer = null;
    const { page, rooms, connection } = this.chat;
    if (connection.state !== "live") return;
    const states = [...this.#changed].filter((room) => rooms.get(room.id) === room && room.synced).map(stateOf);
    this.#changed.clear();
    const facts = Object.fromEntries(Object.entries(page).filter(([name]) => !SEEN_HERE.includes(name)));
    await this.store.save({ page: facts, at: this.now(), states, ids: rooms.all().map(({ id }) => id) });
    this.#soon(STILL_LIVE);
  }

  /** @param {Room[]} rooms */
  #note(...rooms) {
    for (const room of rooms) this.#changed.add(room);
    this.#soon(TOGETHER);
  }

  /** @param {number} delay */
  #soon(delay) {
    if (this.#timer !== null && delay >= this.#timer.delay) return;
    if (this.#timer) clearTimeout(this.#timer.id);
    this.#timer = { delay, id: this.later(() => this.save(), delay) };
  }
}

/**
 * A room as `sync` sends it to a new client. Presence is left out: it would be wrong later. Pure.
 * @param {Room} room
 */
export function stateOf(room) {
  const { id, slug, name, kind, topic, state, slow_mode, writers, editors, role, sanction, level, muted, people, epoch, seq, rev, marker } = room;
  const { read, turn, unread, mentions } = marker;
  return {
    id, slug, name, kind, topic, state, slow_mode, writers, editors, role, sanction, level, muted, members: people ?? undefined, epoch, seq, rev,
    read, turn, unread, mentions, catch_up: "window", messages: room.messages.slice(-MESSAGES), amendments: [], online: [],
  };
}

/**
 * The page as it was when it was last live, from the content of a LastRead; null if that is empty. Pure.
 * @param {Awaited<ReturnType<import('./last_read.js').LastRead['load']>>} kept
 */
export function keptPage(kept) {
  return kept && { ...kept.page, rooms: kept.states, states: kept.states, room: null, state: null, seq: null, kept: kept.at };
}
