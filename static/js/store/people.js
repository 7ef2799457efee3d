// The names behind the ids: learnt from messages, member lists and the page itself.

import { askRoom } from "../core/api.js";
import { Emitter } from "../core/emitter.js";
import { onReturn } from "../core/on_return.js";
import { gettext } from "../core/translate.js";

export class People extends Emitter {
  /** @type {Map<number, Person>} */
  #known = new Map();
  /** @type {Map<number, Person[]>} */
  #members = new Map();   // room id → [{id, handle, name, role}]
  #handles = new Map();   // room id → Map(handle → person)
  #namesakes = new Map(); // room id → Set of the names that several members share, in lower case
  #asked = new Map();     // room id → the current request

  /** @param {(slug: string) => Promise<Person[]>} fetchMembers */
  constructor(fetchMembers) {
    super();
    this.fetchMembers = fetchMembers;
  }

  /** @param {Person} person */
  learn(person) {
    this.#known.set(person.id, person);
  }

  /** The person, or a placeholder until the name is known. @param {number} id */
  get(id) {
    return this.#known.get(id) ?? { id, handle: "", name: gettext("Someone") };
  }

  /** @param {number} id */
  knows(id) { return this.#known.has(id); }

  /** Everyone whose name is known, by name. */
  all() { return [...this.#known.values()].sort((one, other) => one.name.localeCompare(other.name)); }

  /** A room's members; null before the first answer. @param {number} roomId */
  membersOf(roomId) {
    return this.#members.get(roomId) ?? null;
  }

  /** @param {number} roomId @param {Person[]} members */
  setMembers(roomId, members) {
    members.forEach((person) => this.learn(person));
    this.#members.set(roomId, members);
    this.#handles.set(roomId, new Map(members.map((person) => [person.handle, person])));
    this.#namesakes.set(roomId, repeated(members.map(({ name }) => name.toLowerCase())));
    this.emit("members", roomId);
  }

  /**
   * Whether several members of a room share this name, so that it does not identify one of them.
   * @param {number} roomId
   * @param {string} name
   */
  isShared(roomId, name) { return this.#namesakes.get(roomId)?.has(name.toLowerCase()) ?? false; }

  /**
   * One membership changed; false if the person is unknown, so that the list must be fetched again.
   * @param {number} roomId
   * @param {number} id
   * @param {Role | null} role
   */
  setRole(roomId, id, role) {
    const members = this.#members.get(roomId);
    if (!members) return true;
    const others = members.filter((person) => person.id !== id);
    if (role && !this.knows(id)) return false;
    this.setMembers(roomId, role ? [...others, { ...this.get(id), role }] : others);
    return true;
  }

  /**
   * The member of a room with this handle; null if there is none, or the members are not known yet.
   * @param {number} roomId
   * @param {string} handle
   */
  memberBy(roomId, handle) { return this.#handles.get(roomId)?.get(handle) ?? null; }

  /** @param {number} roomId */
  forget(roomId) {
    this.#members.delete(roomId);
    this.#handles.delete(roomId);
    this.#namesakes.delete(roomId);
  }

  /** Fetch the members, again when the connection returns; concurrent calls for a room share one request. @param {{id: number, slug: string}} room */
  refresh(room) {
    if (!this.#asked.has(room.id)) {
      const request = this.fetchMembers(room.slug).then((/** @type {Person[]} */ members) => this.setMembers(room.id, members));
      this.#asked.set(room.id, request.catch(() => onReturn(`members ${room.id}`, () => this.refresh(room))).finally(() => this.#asked.delete(room.id)));
    }
    return this.#asked.get(room.id);
  }
}

/** @param {string[]} names */
function repeated(names) {
  const once = new Set();
  return new Set(names.filter((name) => once.has(name) || !once.add(name)));
}

/** GET /rooms/<slug>/members/ @param {string} slug */
export async function fetchMembers(slug) {
  return (await askRoom({ slug }, "members/")).members;
}
