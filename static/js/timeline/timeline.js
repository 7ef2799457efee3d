// The list of messages: makes the rows match the room's items, at most once a frame.

import { Emitter } from "../core/emitter.js";
import { Anchor } from "./anchor.js";
import { firstNew, timelineItems } from "./items.js";
import { MessageRow } from "./rows/message_row.js";
import { dayRow, farRow, freshRow, loadingRow, noticeRow, openingRow, outsideRow } from "./rows/other_rows.js";
import { RowWindow } from "./row_window.js";
import { skipOutOfSight } from "./content_visibility.js";
import { gettext } from "../core/translate.js";

const ARRIVED = 2200;
const LOADING = { type: "loading", key: "loading" };

export class Timeline extends Emitter {
  room = null;
  fresh = null;             // the seq after which everything is unread
  endsAtLatest = true;     // whether the last row is the newest message
  waiting = false;          // whether a page is being fetched: until it is there nothing is drawn
  rowWindow = new RowWindow();
  #rows = new Map();        // key → {node, update?}
  #scheduled = false;
  #toEnd = false;           // whether to scroll to the end when the rows are next drawn
  #arrived = new Set();     // seqs of live messages that just arrived

  /** `facts`: {me, pendingOf(room), roleOf(room, id), isShared(room, name), sanctionOf(room, id), membersOf(room), nameOf(room), signOf(room),
   * quote(room, seq): fetch what is answered, target(text): {room, seq} of the message that it links to, or null,
   * isBlocked(id)}; `actions` as MessageRow's, and markRead(). */
  constructor(scroller, list, facts, actions) {
    super();
    this.scroller = scroller;
    this.list = list;
    this.facts = facts;
    this.actions = actions;
    this.anchor = new Anchor(scroller, list, { onScroll: (byPerson) => this.emit("scroll", byPerson), endIsLatest: () => this.endsAtLatest });
  }

  /** The message below the "New since" divider; null if there is none, or it is not loaded. */
  get divider() {
    return this.fresh === null ? null : firstNew(this.room.shown, this.fresh, this.facts.me);
  }

  /** Show another room; its rows are drawn at once, from memory: around `seq` if it is loaded, else the newest. */
  show(room, { fresh = null, seq = null } = {}) {
    this.room = room;
    this.fresh = fresh;
    this.waiting = false;
    this.endsAtLatest = true;
    this.#toEnd = false;
    this.#rows.clear();
    this.list.replaceChildren();
    this.anchor.reset();
    room.returnToLatest();
    if (seq !== null && room.tail.shows(seq)) this.rowWindow.around(seq, room.tail);
    else this.rowWindow.toEnd(room.tail);
    this.render();
  }

  /** Scroll to the end, in the next frame: a message that is being sent is drawn in the same frame. */
  showLatest() {
    const { room, rowWindow } = this;
    // At the end already, the rows above stay: drawing them again would be the longest part of every sending.
    if (room.past || !rowWindow.reachesEnd(room.tail)) rowWindow.toEnd(room.tail);
    room.returnToLatest();
    this.#toEnd = true;
    this.emit("latest");
    this.invalidate();
  }

  /** Draw rows around one loaded message; returns its row. */
  showAround(seq) {
    const { shown } = this.room;
    const { from, to } = this.rowWindow.range(shown);
    const known = !this.waiting && seq >= from && seq <= to ? this.rowOf(seq) : null;
    if (known) return known;
    if (seq < from || seq > to) this.rowWindow.around(seq, shown);
    this.render();
    return this.rowOf(seq);
  }

  /** Something changed: draw it in the next frame. */
  invalidate() {
    if (this.#scheduled) return;
    this.#scheduled = true;
    // A hidden page gets no frames, but must be up to date when it is shown.
    if (document.hidden) setTimeout(() => this.#frame(), 50);
    else requestAnimationFrame(() => this.#frame());
  }

  arrived(messages) {
    for (const { seq } of messages) {
      this.#arrived.add(seq);
      setTimeout(() => this.#arrived.delete(seq), ARRIVED);
    }
  }

  render() {
    if (!this.room || (this.waiting && this.list.firstElementChild)) return;
    const change = () => this.#reconcile(this.#items());
    if (this.#toEnd) this.anchor.toEnd(change);
    else this.anchor.hold(change);
    this.#toEnd = false;
    this.emit("rendered");
  }

  row(key) { return this.#rows.get(key)?.node ?? null; }
  rowOf(seq) { return this.list.querySelector(`[data-seq="${Number(seq)}"]`); }

  #frame() {
    this.#scheduled = false;
    this.render();
  }

  #items() {
    const { room, facts } = this;
    if (!room.role) return [{ type: "outside", key: "outside" }];
    const pending = facts.pendingOf(room);
    if (this.waiting || (!room.synced && !pending.length)) return [LOADING];
    this.rowWindow.limit(room.shown, this.anchor.following);
    this.endsAtLatest = !room.past && this.rowWindow.reachesEnd(room.tail);
    const items = timelineItems({ ...this.#messages(room.shown), last: this.endsAtLatest, pending, divider: this.divider, me: facts.me });
    if (items[0].type === "opening") items[0].key += ` ${facts.signOf(room)}`;   // drawn again when the room is renamed
    for (const item of items) {
      if (item.message) item.blocked = facts.isBlocked(item.message.author.id);
      if (item.message && !item.grouped) Object.assign(item, this.#factsOf(item.message.author));
      if (item.message?.text?.includes("@")) item.members = facts.membersOf(room);
      if (item.message?.reply_to) item.quoted = room.at(item.message.reply_to) ?? facts.quote(room, item.message.reply_to);
      if (item.quoted) item.quotesBlocked = facts.isBlocked(item.quoted.author.id);
      if (item.message?.text?.includes("/rooms/")) item.linked = this.#linked(item.message.text);
    }
    return items;
  }

  /** The message whose address a text has, if I am in its room: {message, sign, blocked}, or null until it is there. */
  #linked(text) {
    const { facts } = this;
    const target = facts.target(text);
    if (!target) return null;
    const message = target.room.at(target.seq) ?? facts.quote(target.room, target.seq) ?? null;
    return message && { message, sign: target.room === this.room ? "" : facts.signOf(target.room), blocked: facts.isBlocked(message.author.id) };
  }

  /** What a row shows about its author. */
  #factsOf({ id, name }) {
    const { facts, room } = this;
    return { role: facts.roleOf(room, id), shared: facts.isShared(room, name), held: facts.sanctionOf(room, id) };
  }

  #messages(messages) {
    const { from, to } = this.rowWindow.range(messages);
    return { messages: messages.between(from, to), before: messages.at(from - 1), first: from <= messages.oldest };
  }

  #reconcile(items) {
    const wanted = new Set(items.map((item) => item.key));
    for (const [key, row] of this.#rows) if (!wanted.has(key)) { row.node.remove(); this.#rows.delete(key); }
    let next = this.list.firstElementChild;
    const made = [];
    for (const item of items) {
      const { node } = this.#rowFor(item);
      if (node === next) next = next.nextElementSibling;
      else made.push(this.list.insertBefore(node, next));
    }
    skipOutOfSight(made);
  }

  #rowFor(item) {
    let row = this.#rows.get(item.key);
    if (!row) {
      row = this.#make(item);
      this.#rows.set(item.key, row);
    }
    row.update?.(item);
    if (this.#arrived.delete(item.message?.seq)) row.node.firstElementChild?.classList.add("message--arrived");
    return row;
  }

  #make(item) {
    switch (item.type) {
      case "day": return dayRow(item);
      case "fresh": return freshRow(item, this.actions);
      case "notice": return noticeRow(item);
      case "older": return { node: farRow(gettext("Show older messages"), () => this.emit("page", "older")) };
      case "newer": return { node: farRow(gettext("Show newer messages"), () => this.emit("page", "newer")) };
      case "loading": return { node: loadingRow() };
      case "outside": return { node: outsideRow(this.room, this.facts.nameOf(this.room)) };
      case "opening": return { node: openingRow(this.room, this.facts.signOf(this.room), item.empty) };
      default: return new MessageRow(this.actions);
    }
  }
}
