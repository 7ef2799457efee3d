// The content of the timeline as a list of plain items, from which the page's rows follow. {type: "older" | "opening" | "day" |
// "fresh" | "message" | "notice" | "pending" | "newer", key, ...}

import { dayOf } from "../core/format.js";

const GROUP_WITHIN = 5 * 60_000;

/**
 * `messages` ascending; `before`: the one before them; `first`: none precedes them; `last`: none follows them except `pending`,
 * my unsent ones; `divider`: the message below "New since".
 */
export function timelineItems({ messages, pending = [], before = null, first, last = true, divider = null, me, zone = undefined }) {
  const list = new List(me, zone);
  list.push(first ? opening(messages.length + pending.length === 0) : { type: "older", key: "older" });
  list.goOnFrom(before);
  for (const message of messages) list.message(message, message === divider);
  if (last) list.pending(pending);
  else list.push({ type: "newer", key: "newer" });
  return withoutRepeatedKeys(list.items);
}

/** My messages keep one row from the key press on, so their key is the client id. */
export function ownKey(clientId) {
  return `mine ${clientId}`;
}

/** The first message after `read` that is not mine. */
export function firstNew({ messages, oldest }, read, me) {
  const at = messages.slice(Math.max(0, read + 1 - oldest)).find((message) => message.author?.id !== me.id);
  return oldest <= read + 1 ? at ?? null : null;   // if the first one is not loaded, another must not be marked
}

class List {
  items = [];
  #last = null;     // {day, message}

  constructor(me, zone) {
    this.me = me;
    this.zone = zone;
  }

  push(item) { this.items.push(item); }

  goOnFrom(message) {
    if (message) this.#last = { day: dayOf(message.sent_at, this.zone), message };
  }

  message(message, isDivider) {
    const mine = message.author.id === this.me.id && message.client_id;
    const type = message.kind === "notice" ? "notice" : "message";
    const key = mine && type === "message" ? ownKey(message.client_id) : `seq ${message.seq}`;
    const day = this.#day(message);
    if (isDivider) this.push({ type: "fresh", key: "fresh", since: message.sent_at });
    this.#put(day, { type, key, message, grouped: !isDivider && this.#continues(message) });
  }

  pending(entries) {
    let behind = false;
    for (const entry of entries) {
      const message = { room: entry.room, author: this.me, sent_at: entry.at, text: entry.text, reply_to: entry.reply_to, kind: "text" };
      const day = this.#day(message);
      this.#put(day, { type: "pending", key: ownKey(entry.client_id), message, entry, behind, grouped: this.#continues(message) });
      behind ||= Boolean(entry.error && entry.until);
    }
  }

  #put(day, item) {
    this.push(item);
    this.#last = { day, message: item.message };
  }

  /** The message's day, after a divider if it is a new one. */
  #day({ sent_at }) {
    const day = dayOf(sent_at, this.zone);
    if (day !== this.#last?.day) {
      this.push({ type: "day", key: `day ${day}`, day });
      this.#last = null;
    }
    return day;
  }

  #continues(message) {
    const last = this.#last?.message;
    return Boolean(last) && message.kind !== "notice" && last.kind !== "notice" && !message.reply_to
      && last.author.id === message.author.id && message.sent_at - last.sent_at < GROUP_WITHIN;
  }
}

function opening(empty) {
  return { type: "opening", key: empty ? "opening empty" : "opening", empty };
}

// A clock that was set back can bring an earlier day after a later one; two rows must not share a key.
function withoutRepeatedKeys(items) {
  const seen = new Map();
  for (const item of items) {
    const count = (seen.get(item.key) ?? 0) + 1;
    seen.set(item.key, count);
    if (count > 1) item.key += ` ${count}`;
  }
  return items;
}
