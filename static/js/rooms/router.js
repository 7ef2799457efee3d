// Which room is shown, and the matching address. Below 45 rem one pane is shown at a time, and "/" is the list.

import { afterPaint } from "../core/dom.js";
import { Emitter } from "../core/emitter.js";
import { parse, pathOf } from "../core/address.js";

const NARROW = matchMedia("(max-width: 45rem)");
const LAST = "last room";

export class Router extends Emitter {
  current = null;     // the room that is shown
  recent = [];        // ids of the rooms that were shown, latest first

  constructor(rooms, { keep = remember } = {}) {
    super();
    this.rooms = rooms;
    this.keep = keep;
    addEventListener("popstate", () => this.follow());
    NARROW.addEventListener("change", () => this.follow());
    document.addEventListener("click", (event) => this.#click(event));
  }

  /** Show the room of the address. */
  follow() {
    const { slug, seq } = parse(location.pathname);
    if (slug === undefined) return;
    if (slug === null) return this.#home();
    const room = this.rooms.bySlug(slug);
    if (room) this.#show(room, seq);
    else this.emit("outside", slug);
  }

  go(room, seq = null) {
    const path = pathOf(room, seq);
    if (location.pathname !== path) history.pushState(null, "", path);
    this.#show(room, seq);
  }

  /** The current room may have a new slug. */
  renamed() {
    const { slug, seq } = parse(location.pathname);
    if (slug && this.current && slug !== this.current.slug && !this.rooms.bySlug(slug)) {
      history.replaceState(null, "", pathOf(this.current, seq));
    }
  }

  /** A room that the person can see and is not in. */
  showOutside(room) { this.#show(room, null); }

  /** The room is gone: show another one, or the start page if there is none. */
  leave(room) {
    if (room !== this.current) return;
    this.current = null;
    history.replaceState(null, "", "/");
    if (this.rooms.all().length) this.#home();
    else location.assign("/");
  }

  /** The link is marked at once; the room's rows are drawn after that was painted. */
  #soon(link, room, seq) {
    if (link.matches(".room-link")) link.setAttribute("aria-current", "page");
    afterPaint(() => this.go(room, seq));
  }

  #home() {
    document.body.dataset.pane = "rooms";
    const listAppearance = this.rooms.all().filter((room) => !room.isHidden);
    const all = listAppearance.length ? listAppearance : this.rooms.all();
    const room = all.find(({ id }) => String(id) === this.keep.get()) ?? all.find(({ kind }) => kind !== "direct") ?? all[0];
    if (room && (!NARROW.matches || !this.current)) this.#show(room, null, "rooms");
    else this.emit("pane", "rooms");
  }

  #show(room, seq, pane = "room") {
    document.body.dataset.pane = pane;
    const changed = room !== this.current;
    this.current = room;
    this.recent = [room.id, ...this.recent.filter((id) => id !== room.id)];
    this.keep.set(String(room.id));
    if (changed || seq) this.emit("room", { room, seq });
    this.emit("pane", pane);
  }

  #click(event) {
    const link = event.target.closest?.("a[href]");
    if (!link || event.defaultPrevented || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    if (link.origin !== location.origin || link.target === "_blank") return;
    const { slug, seq } = parse(link.pathname);
    const room = slug ? this.rooms.bySlug(slug) : null;
    if (!room && slug !== null) return;
    if (slug === null && !this.rooms.all().length) return;
    event.preventDefault();
    if (room) this.#soon(link, room, seq);
    else { if (location.pathname !== "/") history.pushState(null, "", "/"); this.#home(); }
  }
}

const remember = {
  get() { try { return localStorage.getItem(LAST); } catch { return null; } },
  set(id) { try { localStorage.setItem(LAST, id); } catch { /* then the next visit shows the first room */ } },
};
