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
    const node = known?.node ?? el("li", {}, el("a"));
    this.#draw(node.firstElementChild, room, state);
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

  /** The link itself stays: a focus that is set anew with each message would be read aloud with each. */
  #draw(link, room, state) {
    const { name, icon: mark, muted, heavy, current, face: person, status, draft } = state;
    link.className = ["room-link", heavy && "room-link--unread", muted && "room-link--hushed"].filter(Boolean).join(" ");
    link.setAttribute("href", pathOf(room));
    Object.assign(link.dataset, { roomId: room.id, unread: state.unread, mentions: state.mentions });
    if (current) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
    const words = spoken(state);
    fill(link, person ? face(person, { status, small: true }) : icon(mark), el("span.room-link__name", {}, el("bdi", {}, name)),
      draft ? el("span.room-link__draft", {}, icon("pencil", true), hiddenWords(gettext("draft"))) : null, words ? hiddenWords(words) : null,
      state.count ? el(state.badge ? "span.count.count--badge" : "span.count", { "aria-hidden": "true" }, badge(state.count)) : null);
  }
}

const MARKS = { lock: gettext("private"), horn: gettext("announcements"), archive: gettext("archived") };
const STATUSES = { active: gettext("active"), away: gettext("away"), offline: gettext("offline") };

function spoken({ icon: mark, status, muted, unread, mentions }) {
  const words = [
    STATUSES[status], MARKS[mark], unread && !muted && gettext("%(count)s unread", { count: unread }),
    mentions && ngettext("%(count)s mention", "%(count)s mentions", mentions), muted && gettext("muted"),
  ];
  return words.filter(Boolean).join(", ");
}
