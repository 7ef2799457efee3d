// Who is muted or banned in which room: my own sanction is stored with the room, those of others are sent to moderators. When
// one expires, `change` is emitted with the room's id.

import { askRoom } from "../../core/api.js";
import { Emitter } from "../../core/emitter.js";
import { onReturn } from "../../core/on_return.js";
import { moderates } from "../../store/policy.js";
import { inForce } from "./sanction_texts.js";

export class Sanctions extends Emitter {
  #others = new Map();      // room id → Map(user id → {kind, until, reason, by?, whole_site?})
  #told = 0;
  #shown = null;            // the room that was fetched last: staff can open rooms that they are not in

  /** `fetchSanctions(slug, user?)` asks the server. */
  constructor({ me, rooms, fetchSanctions, now = Date.now }) {
    super();
    this.me = me;
    this.rooms = rooms;
    this.fetchSanctions = fetchSanctions;
    this.now = now;
    rooms.on("sanction", (told) => this.#take(told));
    rooms.on("list", () => this.#forgetRooms());
  }

  /** The current sanction of a person, or null. */
  of(room, userId) {
    const sanction = userId === this.me.id ? room.sanction : this.#others.get(room.id)?.get(userId);
    return sanction && inForce(sanction, this.now()) ? sanction : null;
  }

  /** Fetch the sanctions of a room that I moderate. A direct room has none, not even for the site's staff. */
  async refresh(room) {
    if (room.kind === "direct" || !moderates(room, this.me)) return;
    this.#shown = room;
    const told = this.#told;
    const found = await this.fetchSanctions(room.slug).catch(() => null);
    if (!found) onReturn(`sanctions ${room.id}`, () => this.refresh(room));
    if (!found || told !== this.#told) return;     // an event that came meanwhile is newer, and fetches again itself
    this.#others.set(room.id, new Map(found.reverse().map((sanction) => [sanction.user.id, sanction])));
    this.emit("change", room.id);
  }

  /** All current sanctions of a room, from the server. */
  inForce(room) { return this.fetchSanctions(room.slug); }

  /** All sanctions of one person, past ones included, newest first. */
  past(room, userId) { return this.fetchSanctions(room.slug, userId); }

  /** {count}: how many messages of a person a purge would remove. */
  countPurge(room, userId, seconds) { return askRoom(room, `purge/${userId}/${seconds ? `?seconds=${seconds}` : ""}`); }

  /** Remove expired sanctions; called every second. */
  tick() {
    for (const room of this.rooms.all()) {
      const ended = [...this.#endedOf(room)];
      for (const end of ended) end();
      if (ended.length) this.emit("change", room.id);
    }
  }

  * #endedOf(room) {
    const isOver = (sanction) => sanction && !inForce(sanction, this.now());
    if (isOver(room.sanction)) yield () => { room.sanction = null; };
    const others = this.#others.get(room.id) ?? new Map();
    for (const [userId, sanction] of others) if (isOver(sanction)) yield () => others.delete(userId);
  }

  #take({ room, user, kind, until = null, reason = "" }) {
    if (user !== this.me.id) {
      if (!this.#others.has(room)) this.#others.set(room, new Map());
      const others = this.#others.get(room);
      if (kind) others.set(user, { kind, until, reason });
      else others.delete(user);
      this.#told += 1;
      const known = this.#roomOf(room);
      if (known) this.refresh(known);     // for who did it, and whether on the whole site
    }
    this.emit("change", room);
  }

  #roomOf(id) { return this.rooms.get(id) ?? (this.#shown?.id === id ? this.#shown : null); }

  #forgetRooms() {
    for (const id of this.#others.keys()) if (!this.#roomOf(id)) this.#others.delete(id);
  }
}

/** GET /rooms/<slug>/sanctions/ */
export async function fetchSanctions(slug, userId = null) {
  return (await askRoom({ slug }, `sanctions/${userId ? `?user=${userId}` : ""}`)).sanctions;
}
