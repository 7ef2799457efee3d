// All rooms of this person, and how server events change them. Emits events for the page:
// list · messages {room, added, live} · reset room · read room · presence room · typing {room, user} ·
// unsure room (only the server knows what is unread) · members room (an unknown person joined) ·
// sanction {room, user, kind, until?, reason?} · left room · removed {room, reason, until} · missing [room] · synced · blocks ·
// questions [{room, name, slug, kind, by}]: all invitations back · invited: one of these, or {room, answered}

import { Emitter } from "../core/emitter.js";
import { Blocks } from "./blocks.js";
import { ADDED, GAP, RoomState } from "./room_state.js";

export class Rooms extends Emitter {
  blocks = new Blocks();
  /** @type {number | null} the id of the room that is shown */
  inSight = null;
  /** @type {Map<number, RoomState>} */
  #rooms = new Map();

  /**
   * `needSync()` is called when something is missing.
   * @param {{me: Person, people: import("./people.js").People, needSync: () => void}} facts
   */
  constructor({ me, people, needSync }) {
    super();
    this.me = me;
    this.people = people;
    this.needSync = needSync;
  }

  /** @param {number} id */
  get(id) { return this.#rooms.get(id) ?? null; }
  /** @param {string} slug */
  bySlug(slug) { return this.all().find((room) => room.slug === slug) ?? null; }
  all() { return [...this.#rooms.values()]; }

  /** Presence of a person in any shared room: "active", "away", or null if offline or in none. @param {number} userId */
  statusOf(userId) {
    const statuses = this.all().map((room) => room.online.get(userId));
    return /** @type {Status[]} */ (["active", "away"]).find((status) => statuses.includes(status)) ?? null;
  }

  positions() {
    return Object.fromEntries(this.all().filter((room) => room.synced).map((room) => [room.id, room.position]));
  }

  /** Rooms as the page was served with them, before the first sync. @param {RoomFacts[]} list */
  seed(list) {
    for (const facts of list) {
      this.#rooms.set(facts.id, this.#make(facts));
      facts.members?.forEach((person) => this.people.learn(person));
    }
    this.emit("list");
  }

  /**
   * The answer to `sync`: all rooms of this person; one that was shown and is not in it was taken away, or left elsewhere.
   * @param {{rooms: SyncedRoom[], blocked?: number[], invitations?: any[]}} ack
   */
  applySync({ rooms, blocked = [], invitations = [] }) {
    this.blocks.take(blocked);
    this.emit("blocks");
    this.emit("questions", invitations);
    const mine = new Set(rooms.map((state) => state.id));
    const missing = this.all().filter(({ id }) => !mine.has(id));
    for (const { id } of missing) this.#drop(id);
    for (const state of rooms) this.#take(state);
    this.emit("list");
    if (missing.length) this.emit("missing", missing);
    this.emit("synced");
  }

  /** A room that was just created or joined. @param {SyncedRoom} state */
  add(state) {
    this.#take(state);
    this.emit("list");
    return this.get(state.id);
  }

  /** @param {Message} message */
  onMessage(message) {
    const room = this.get(message.room);
    const outcome = room ? room.receive(message) : GAP;
    if (outcome === GAP) this.needSync();
    if (room && outcome === ADDED) this.#arrived(room, [message], true);
  }

  /** @param {Amendment} amendment */
  onAmended(amendment) {
    const room = this.get(amendment.room);
    const outcome = room ? room.amend(amendment) : GAP;
    if (outcome === GAP) this.needSync();
    if (outcome === ADDED) {
      this.emit("messages", { room, added: [], live: true });
      this.emit("amended", { room, amendment });
    }
    if (room && !room.marker.sure) this.emit("unsure", room);
  }

  /** @param {Position & {room: number}} head */
  onHead(head) {
    const room = this.get(head.room);
    if (!room || room.behind(head)) this.needSync();
  }

  /** @param {any} facts */
  onRoom(facts) {
    const room = this.get(facts.id ?? facts.room);
    if (!room) return this.needSync();
    room.change(facts);
    this.emit("list");
  }

  /** @param {{room: number, user: number, role: Role | null}} event */
  onMember({ room: id, user, role }) {
    const room = this.get(id);
    if (user === this.me.id) return this.#mine(id, room, role);
    if (!room) return;
    if (role === null) room.setPresence(user, "offline");
    if (!this.people.setRole(id, user, role)) this.emit("members", room);
  }

  /** @param {{room: number, reason: string, until: number | null}} event */
  onRemoved({ room: id, reason, until }) {
    const room = this.get(id);
    if (!room) return;
    this.#drop(id);
    this.emit("list");
    this.emit("removed", { room, reason, until });
  }

  /** @param {any} told */
  onSanction(told) {
    const room = this.get(told.room);
    if (!room && !this.me.staff) return;
    if (room && told.user === this.me.id) room.sanction = told.kind ? { until: null, reason: "", ...told } : null;
    this.emit("sanction", told);
  }

  /** @param {{room: number, user: number, status: Status | "offline"}} event */
  onPresence({ room: id, user, status }) {
    const room = this.get(id);
    if (!room) return;
    room.setPresence(user, status);
    this.emit("presence", room);
  }

  /** @param {{room: number, seq: number, turn: number}} event */
  onRead({ room: id, seq, turn }) {
    const room = this.get(id);
    const before = room?.marker.turn ?? 0;
    if (!room?.synced || !room.marker.told(seq, turn)) return;
    room.held ||= room.marker.turn > before;
    this.emit("read", room);
    if (!room.marker.sure) this.emit("unsure", room);
  }

  /** @param {{room: number, level?: Level, muted?: boolean, hidden?: number}} event */
  onNotify({ room: id, ...told }) {
    const room = this.get(id);
    room?.notify(told);
    if (room) this.emit("list");
  }

  /** @param {{room: number, user: number}} event */
  onTyping({ room: id, user }) {
    const room = this.get(id);
    if (room && user !== this.me.id && !this.blocks.has(user)) this.emit("typing", { room, user });
  }

  /** @param {any} told */
  onBlocked(told) {
    this.blocks.told(told);
    this.emit("blocks");
  }

  /** @param {any} facts */
  #make(facts) { return Object.assign(new RoomState(facts, this.me.id), { blocks: this.blocks }); }

  /** @param {number} id @param {Room | null} room @param {Role | null} role */
  #mine(id, room, role) {
    if (role === null) {
      if (!room) return;
      this.#drop(id);
      this.emit("list");
      this.emit("left", room);
    } else if (room?.synced) {
      room.role = role;
      this.people.setRole(id, this.me.id, role);
      this.emit("list");
    } else this.needSync();
  }

  /** @param {SyncedRoom} state */
  #take(state) {
    const known = this.#rooms.get(state.id);
    const room = known ?? this.#make(state);
    this.#rooms.set(room.id, room);
    const { added, forgotten } = room.catchUp(state);
    if (forgotten) this.emit("reset", room);
    this.#arrived(room, added, false);
    this.emit("presence", room);
  }

  /** @param {Room} room @param {Message[]} added @param {boolean} live */
  #arrived(room, added, live) {
    for (const message of added) this.people.learn(message.author);
    this.emit("messages", { room, added, live });
  }

  /** @param {number} id */
  #drop(id) {
    this.#rooms.delete(id);
    this.people.forget(id);
  }
}
