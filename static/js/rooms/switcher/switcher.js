// The switcher: goes to a room, unread ones first, or to a person, by a few letters. Ctrl+K or ⌘K.

import { announce } from "../../core/announce.js";
import { byId, el, keep } from "../../core/dom.js";
import { isForInputMethod } from "../../core/input_method.js";
import { stepOf } from "../../keyboard/key_match.js";
import { listAppearance } from "../attention.js";
import { directStatus, othersOf, roomIcon } from "../names.js";
import { rankRooms } from "./ranking.js";
import { findPeople } from "../../people/finder.js";
import { ask } from "../../core/api.js";
import { onReturn } from "../../core/on_return.js";
import { browseRow, joinRow, personRow, roomRow } from "./switcher_rows.js";
import { gettext, ngettext } from "../../core/translate.js";

const AT_MOST = 12;
const PEOPLE_AT_MOST = 5;
const CALM = 150;
const TOLD_AFTER = 500;     // ms without a change

export class Switcher {
  #options = [];      // {id, act}
  #rows = new Map();  // content → row: rows with the same content are reused
  #chosen = 0;
  #people = [];       // the people that match what is typed
  #joinable = [];     // the public rooms that match, and that I am not in
  #asked = 0;
  #timer = null;
  #telling;           // the timer of what is said of the list

  /** `facts`: {me, rooms, statusOf(id), current() → room or null, recent() → room ids, go(room), write(person), join(room), browse(words)} */
  constructor(facts) {
    this.facts = facts;
    this.dialog = byId("jump");
    this.box = byId("jump-to");
    this.list = byId("jump-found");
    this.dialog.addEventListener("opening", () => this.#begin());
    this.box.addEventListener("input", () => this.#typed());
    this.box.addEventListener("keydown", (event) => this.#key(event));
    this.list.addEventListener("pointermove", (event) => this.#point(event));
    this.list.addEventListener("click", (event) => { this.#point(event); this.#take(); });
    this.#draw();       // ahead of the first opening
  }

  #begin() {
    if (!this.dialog.open) this.box.value = "";     // otherwise it holds what was typed while this script was loading
    this.#people = this.#joinable = [];
    this.#draw();
  }

  #typed() {
    this.#people = this.#joinable = [];
    this.#draw();
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#find(), CALM);
  }

  async #find() {
    const asked = ++this.#asked;
    const words = this.box.value.trim();
    const failed = () => { onReturn(this, () => { if (this.dialog.open) this.#find(); }); return []; };
    const [people, rooms] = words ? await Promise.all([findPeople(words).catch(failed), findJoinable(words).catch(failed)]) : [[], []];
    if (asked !== this.#asked || words !== this.box.value.trim()) return;
    this.#people = people.slice(0, PEOPLE_AT_MOST);
    this.#joinable = rooms;
    this.#draw({ stay: true });
  }

  #key(event) {
    if (isForInputMethod(event)) return;
    const step = stepOf(event);
    if (step) this.#choose((this.#chosen + step + this.#options.length) % this.#options.length);
    else if (event.key === "Enter") this.#take();
    else return;
    event.preventDefault();
  }

  #point({ target }) {
    const at = [...this.list.children].indexOf(target.closest("[role=option]"));
    if (at >= 0 && at !== this.#chosen) this.#choose(at);
  }

  #take() {
    const option = this.#options[this.#chosen];
    if (!option) return;
    this.dialog.close();
    option.act();
  }

  #choose(index) {
    this.#chosen = index;
    [...this.list.children].forEach((node, at) => node.setAttribute("aria-selected", String(at === index)));
    const node = this.list.children[index];
    this.box.setAttribute("aria-activedescendant", node?.id ?? "");
    if (this.dialog.open) node?.scrollIntoView({ block: "nearest" });
  }

  #draw({ stay = false } = {}) {
    const typed = this.box.value;
    const { me, rooms, current, recent } = this.facts;
    const places = rankRooms(rooms.all(), { me, typed, current: current(), recent: recent() }).slice(0, AT_MOST);
    const known = new Set(places.filter(({ room }) => room.kind === "direct").flatMap(({ room }) => (othersOf(room, me).length === 1 ? [othersOf(room, me)[0].id] : [])));
    const people = this.#people.filter(({ id }) => !known.has(id));
    const joinable = this.#joinable.filter(({ id }) => !rooms.all().some((mine) => mine.id === id));
    this.#options = [...places.map((place) => this.#room(place)), ...joinable.map((room) => this.#join(room)), ...people.map((person) => this.#person(person))];
    if (typed.trim()) this.#options.push(this.#browse(typed.trim()));
    this.#rows = new Map(this.#options.map(({ shows, node }) => [shows, node]));
    keep(this.list, this.#options.map(({ node }) => node));
    this.#choose(stay ? Math.min(this.#chosen, this.#options.length - 1) : 0);
    this.#tell(ngettext("%(count)s place", "%(count)s places", places.length + joinable.length + people.length));
  }

  /** Once the typing ends: the people come after the rooms. */
  #tell(words) {
    clearTimeout(this.#telling);
    if (this.dialog.open) this.#telling = setTimeout(() => announce(words), TOLD_AFTER);
  }

  #room({ room, name, at }) {
    const { me, go } = this.facts;
    const [other, ...more] = room.kind === "direct" ? othersOf(room, me) : [];
    const one = other && !more.length ? other : null;
    const told = [one && [one.id, one.name, directStatus(room, me)], roomIcon(room, me), name, at, listAppearance(room).heavy, note(room)];
    return this.#option(() => go(room), { "data-room-id": room.id }, told, roomRow);
  }

  #person(person) {
    const told = [[person.id, person.name, this.facts.statusOf(person.id)], person.handle];
    return this.#option(() => this.facts.write(person), { "data-user-id": person.id }, told, personRow);
  }

  #join(room) {
    return this.#option(() => this.facts.join(room), { "data-join": room.id }, [room.name], joinRow);
  }

  #browse(words) {
    return this.#option(() => this.facts.browse(words), { "data-browse": "yes" }, [words], browseRow);
  }

  /** {act, shows, node}: `draw(...told)` creates the content of the row, unless the row exists. */
  #option(act, properties, told, draw) {
    const shows = JSON.stringify([properties, told]);
    const [what] = Object.entries(properties).map((each) => each.join("-"));
    return { act, shows, node: this.#rows.get(shows) ?? el("li.menu__item", { role: "option", id: `jump-${what}`, ...properties }, ...draw(...told)) };
  }
}

async function findJoinable(words) {
  return (await ask(`/search/rooms/?q=${encodeURIComponent(words)}`)).rooms;
}

function note(room) {
  if (room.mentions) return ngettext("%(count)s mention", "%(count)s mentions", room.mentions);
  if (room.muted) return gettext("Muted");
  return room.unread ? gettext("%(count)s unread", { count: room.unread }) : "";
}
