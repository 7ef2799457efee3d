// The rooms at the side. Weight says unread; the order is by name and never moves by itself.

import { el, face, fill, hiddenWords, icon } from "../dom.js";
import { badge, plural } from "../format.js";
import { pathOf } from "./address.js";
import { directStatus, othersOf, roomIcon, roomName } from "./names.js";

const FRAME = 16;
const byName = new Intl.Collator(undefined, { sensitivity: "base", numeric: true });

export class RoomsList {
  #links = new Map();     // room id → {node, signature}
  #timer = null;

  /** `facts`: {me, hasDraft(roomId), current() → room id or null} */
  constructor(rooms, { roomLinks, directLinks }, facts) {
    Object.assign(this, { rooms, roomLinks, directLinks, facts });
  }

  /** Once a frame at most, however much happens. */
  invalidate() {
    if (this.#timer === null) this.#timer = setTimeout(() => { this.#timer = null; this.render(); }, FRAME);
  }

  render() {
    const all = this.rooms.all().map((room) => ({ room, name: roomName(room, this.facts.me) }));
    all.sort((one, other) => byName.compare(one.name, other.name) || one.room.id - other.room.id);
    this.#put(this.roomLinks, all.filter(({ room }) => room.kind !== "direct"));
    this.#put(this.directLinks, all.filter(({ room }) => room.kind === "direct"));
  }

  #put(list, rooms) {
    const wanted = rooms.map(({ room, name }) => this.#linkTo(room, name));
    if (wanted.length !== list.children.length || wanted.some((node, index) => node !== list.children[index])) {
      fill(list, wanted);
    }
  }

  #linkTo(room, name) {
    const state = this.#state(room, name);
    const signature = JSON.stringify(state);
    const known = this.#links.get(room.id);
    if (known?.signature === signature) return known.node;
    const node = known?.node ?? el("li");
    const focused = node.contains(document.activeElement);
    fill(node, this.#link(room, state));
    if (focused) node.firstElementChild.focus();
    this.#links.set(room.id, { node, signature });
    return node;
  }

  #state(room, name) {
    const current = this.facts.current() === room.id;
    return {
      name, slug: room.slug, icon: roomIcon(room), unread: room.unread, current,
      direct: room.kind === "direct" && [othersOf(room, this.facts.me)[0] ?? null, directStatus(room, this.facts.me)],
      draft: !current && this.facts.hasDraft(room.id),
    };
  }

  #link(room, { name, icon: mark, unread, current, direct, draft }) {
    const link = el("a.room-link", {
      href: pathOf(room), "data-room-id": room.id, "data-unread": unread, "aria-current": current ? "page" : null,
    });
    link.classList.toggle("room-link--unread", unread > 0);
    link.append(direct?.[0] ? face(direct[0], { status: direct[1], small: true }) : icon(mark));
    link.append(el("span.room-link__name", {}, el("bdi", {}, name)));
    if (draft) link.append(el("span.room-link__draft", {}, icon("pencil", true), hiddenWords(", draft")));
    if (unread) link.append(count(unread, Boolean(direct)));
    const words = spoken({ mark, direct, unread });
    if (words) link.append(hiddenWords(words));
    return link;
  }
}

// What is written to me alone is for me: only there the count is a badge.
function count(unread, direct) {
  return el(direct ? "span.count.count--badge" : "span.count", { "aria-hidden": "true" }, badge(unread));
}

function spoken({ mark, direct, unread }) {
  const words = [];
  if (direct) words.push(direct[1]);
  if (mark === "lock") words.push("private");
  if (mark === "horn") words.push("announcements");
  if (mark === "archive") words.push("archived");
  if (unread) words.push(plural(unread, "unread", "unread"));
  return words.map((word) => `, ${word}`).join("");
}
