// What the timeline shows, as a list of plain items: the page's rows follow from it and from nothing else.
// {type: "older" | "opening" | "day" | "fresh" | "message" | "notice" | "pending", key, ...}

import { dayOf } from "../format.js";

const GROUP_WITHIN = 5 * 60_000;

/**
 * `messages` ascending, `pending` my own on their way, `first` whether nothing is before them, `fresh` the seq after
 * which all is new to me (null: no divider).
 */
export function timelineItems({ messages, pending = [], first, fresh = null, me, zone }) {
  const items = [first ? opening(messages.length + pending.length === 0) : { type: "older", key: "older" }];
  let last = null;
  const divider = fresh === null ? null : firstFromOthers(messages, fresh, me);
  for (const message of messages) {
    const day = dayOf(message.sent_at, zone);
    if (day !== last?.day) items.push({ type: "day", key: `day ${day}`, day });
    const isFresh = message === divider;
    if (isFresh) items.push({ type: "fresh", key: "fresh", since: message.sent_at });
    items.push(messageItem(message, !isFresh && continues(last, message, day), me));
    last = { day, message };
  }
  let behind = false;
  for (const entry of pending) {
    const draft = { room: entry.room, author: me, sent_at: entry.at, text: entry.text, reply_to: entry.reply_to, kind: "text" };
    const day = dayOf(entry.at, zone);
    if (day !== last?.day) items.push({ type: "day", key: `day ${day}`, day });
    items.push({ type: "pending", key: ownKey(entry.client_id), message: draft, entry, behind, grouped: continues(last, draft, day) });
    behind ||= Boolean(entry.error && entry.until);
    last = { day, message: draft };
  }
  return withoutRepeatedDays(items);
}

/** My own messages keep one row from the key press on, so they are known by the client id that they got then. */
export function ownKey(clientId) {
  return `mine ${clientId}`;
}

function opening(empty) {
  return { type: "opening", key: empty ? "opening empty" : "opening", empty };
}

function messageItem(message, grouped, me) {
  const mine = message.author.id === me.id && message.client_id;
  const type = message.kind === "notice" ? "notice" : "message";
  return { type, key: mine && type === "message" ? ownKey(message.client_id) : `seq ${message.seq}`, message, grouped };
}

function continues(last, message, day) {
  return last !== null && last.day === day && message.kind !== "notice" && last.message.kind !== "notice"
    && !message.reply_to && last.message.author.id === message.author.id
    && message.sent_at - last.message.sent_at < GROUP_WITHIN;
}

function firstFromOthers(messages, fresh, me) {
  return messages.find((message) => message.seq > fresh && message.author?.id !== me.id) ?? null;
}

// A clock that was set back can bring an earlier day after a later one; two rows must not share a key.
function withoutRepeatedDays(items) {
  const seen = new Map();
  for (const item of items) {
    const count = (seen.get(item.key) ?? 0) + 1;
    seen.set(item.key, count);
    if (count > 1) item.key += ` ${count}`;
  }
  return items;
}
