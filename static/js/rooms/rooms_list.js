// The rooms in the sidebar. Bold is unread, saffron is for me; the order is alphabetical and never changes by itself.

import { el, face, fill, hiddenWords, icon } from "../core/dom.js";
import { badge } from "../core/format.js";
import { pathOf } from "../core/address.js";
import { listAppearance } from "./attention.js";
import { directStatus, othersOf, roomIcon, roomName } from "./names.js";
import { gettext, locale, ngettext } from "../core/translate.js";

const FRAME = 16;
const byName = new Intl.Collator(locale, { sensitivity: "base", numeric: true });

export class RoomsList {
  order = [];             // the rooms in the order of the sidebar
  #links = new Map();     // room id → {node, signature}
  #timer = null;

  /** `facts`: {me, hasDraft(roomId), current() → room id or null} */
  constructor(rooms, { roomLinks, directLinks }, facts) {
    this.rooms = rooms;
    this.roomLinks = roomLinks;
    this.directLinks = directLinks;
    this.facts = facts;
  }

  /** Draws at most once a frame. */
  invalidate() {
    if (this.#timer === null) this.#timer = setTimeout(() => { this.#timer = null; this.render(); }, FRAME);
  }

  render() {
    const all = this.rooms.all().filter((room) => !room.isHidden || room.id === this.facts.current()).map((room) => ({ room, name: roomName(room, this.facts.me) }));
    all.sort((one, other) => byName.compare(one.name, other.name) || one.room.id - other.room.id);
    const [rooms, direct] = [all.filter(({ room }) => room.kind !== "direct"), all.filter(({ room }) => room.kind === "direct")];
    this.order = [...rooms, ...direct].map(({ room }) => room);
    this.#put(this.roomLinks, rooms);
    this.#put(this.directLinks, direct);
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
    const others = othersOf(room, this.facts.me);
    return {
      name, slug: room.slug, icon: roomIcon(room, this.facts.me), muted: room.muted, current, ...listAppearance(room),
      unread: room.unread, mentions: room.mentions,
      face: room.kind === "direct" && others.length === 1 ? others[0] : null,
      status: room.kind === "direct" && others.length === 1 ? directStatus(room, this.facts.me) : null,
      draft: !current && this.facts.hasDraft(room.id),
    };
  }

  #link(room, state) {
    const { name, icon: mark, muted, heavy, current, face: person, status, draft } = state;
    const link = el("a.room-link", {
      href: pathOf(room), "data-room-id": room.id, "data-unread": state.unread, "data-mentions": state.mentions, "aria-current": current ? "page" : null,
    });
    link.classList.toggle("room-link--unread", heavy);
    link.classList.toggle("room-link--hushed", muted);
    link.append(person ? face(person, { status, small: true }) : icon(mark));
    link.append(el("span.room-link__name", {}, el("bdi", {}, name)));
    if (draft) link.append(el("span.room-link__draft", {}, icon("pencil", true), hiddenWords(`, ${gettext("draft")}`)));
    if (state.count) link.append(el(state.badge ? "span.count.count--badge" : "span.count", { "aria-hidden": "true" }, badge(state.count)));
    const words = spoken(state);
    if (words) link.append(hiddenWords(words));
    return link;
  }
}

const MARKS = { lock: gettext("private"), horn: gettext("announcements"), archive: gettext("archived") };
const STATUSES = { active: gettext("active"), away: gettext("away"), offline: gettext("offline") };

function spoken({ icon: mark, status, muted, unread, mentions }) {
  const words = [
    STATUSES[status], MARKS[mark], unread && !muted && gettext("%(count)s unread", { count: unread }),
    mentions && ngettext("%(count)s mention", "%(count)s mentions", mentions), muted && gettext("muted"),
  ];
  return words.filter(Boolean).map((word) => `, ${word}`).join("");
}
