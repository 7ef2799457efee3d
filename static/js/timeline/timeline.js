// The list of messages: makes the page's rows agree with the room's items, once a frame.

import { Emitter } from "../emitter.js";
import { Anchor } from "./anchor.js";
import { timelineItems } from "./items.js";
import { MessageRow } from "./message_row.js";
import { dayRow, freshRow, noticeRow, olderRow, openingRow, outsideRow } from "./other_rows.js";

const ARRIVED = 2200;

export class Timeline extends Emitter {
  room = null;
  fresh = null;             // the seq after which all is new to me
  #rows = new Map();        // key → {node, update?}
  #scheduled = false;
  #arrived = new Set();     // seqs that came just now, live

  /** `facts`: {me, pendingOf(room), roleOf(room, id), nameOf(room), signOf(room)}; `actions` as MessageRow's, and markRead(). */
  constructor(scroller, list, facts, actions) {
    super();
    Object.assign(this, { scroller, list, facts, actions });
    this.anchor = new Anchor(scroller, list, { onScroll: () => this.emit("scroll") });
  }

  /** Show another room; its rows are made at once, from memory. */
  show(room) {
    this.room = room;
    this.fresh = null;
    this.#rows.clear();
    this.list.replaceChildren();
    this.anchor.following = true;
    this.render();
  }

  /** Something may look different: make it so in the next frame. */
  invalidate() {
    if (this.#scheduled) return;
    this.#scheduled = true;
    // A hidden page gets no frames, but must be right in the moment it is shown.
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
    if (!this.room) return;
    this.anchor.hold(() => this.#reconcile(this.#items()));
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
    const { messages, first } = room;
    const pending = facts.pendingOf(room);
    if (!room.synced && !pending.length) return [];
    // Where the first unread message is not at hand, the oldest that is would be called new, which is not true.
    const fresh = this.fresh !== null && room.oldest <= this.fresh + 1 ? this.fresh : null;
    const items = timelineItems({ messages, first, pending, fresh, me: facts.me });
    if (items[0].type === "opening") items[0].key += ` ${facts.signOf(room)}`;   // made anew when the room is renamed
    for (const item of items) {
      if (item.message && !item.grouped) item.role = facts.roleOf(room, item.message.author.id);
      if (item.message?.reply_to) item.quoted = room.at(item.message.reply_to);
    }
    return items;
  }

  #reconcile(items) {
    const wanted = new Set(items.map((item) => item.key));
    for (const [key, row] of this.#rows) if (!wanted.has(key)) { row.node.remove(); this.#rows.delete(key); }
    let next = this.list.firstElementChild;
    for (const item of items) {
      const { node } = this.#rowFor(item);
      if (node === next) next = next.nextElementSibling;
      else this.list.insertBefore(node, next);
    }
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
      case "day": return { node: dayRow(item) };
      case "fresh": return { node: freshRow(item, this.actions) };
      case "notice": return { node: noticeRow(item) };
      case "older": return { node: olderRow() };
      case "outside": return { node: outsideRow(this.room, this.facts.nameOf(this.room)) };
      case "opening": return { node: openingRow(this.room, this.facts.signOf(this.room), item.empty) };
      default: return new MessageRow(this.actions);
    }
  }
}
