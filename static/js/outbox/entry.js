// One unsent message, and what becomes of it. Pure. Its state:
// waiting: to be sent, not before `until` · failed: refused, why is in `error` · held: a moderator looks at it first ·
// sent: the room has it. A sent one is kept
// a while: should the server lose its newest seconds, it is sent again under the same id.

const KEPT_FOR = 120_000;
export const LATE_AFTER = 400; // only then does the row say that it is being sent
const PATIENCE = 10;           // seconds for which one waits without asking, where slow mode is not the reason
const PAUSE = 1;

export function newEntry({ client_id, room, text, reply_to, at, order }) {
  return { client_id, room, text, ...(reply_to && { reply_to }), at, order, state: "waiting", until: null, error: null };
}

/** In the order of writing. */
export function inOrder(one, other) {
  return one.order - other.order || (one.client_id < other.client_id ? -1 : 1);
}

export function isLate(entry, now) {
  return now - entry.at >= LATE_AFTER;
}

/** Whether the room asked to wait with it. */
export function isPaused({ state, error, until }, now) {
  return state === "waiting" && Boolean(error) && until > now;
}

export function isDone(entry, now) {
  return entry.state === "sent" && entry.keptUntil <= now;
}

/**
 * The room has it, by an acknowledgement or by its own event.
 * @param {any} entry
 * @param {{seq: number, epoch: string, duplicate?: boolean}} receipt
 * @param {number} now
 */
export function afterReceipt(entry, { seq, epoch, duplicate }, now) {
  // A duplicate tells the epoch in which it was stored, which is not the one that it was looked for in; and it was stored
  // long ago: where Redis starts anew again and again, all that was ever sent would else be asked for again each time.
  const checked = entry.again ? entry.checked : epoch;
  const keptUntil = (duplicate && entry.keptUntil) || now + KEPT_FOR;
  return { state: "sent", seq, checked, again: false, until: null, error: null, keptUntil };
}

/** It did not get there: send it again by itself, or say why not. */
export function afterRefusal({ code, message, retry_in }, now) {
  if (code === "timeout" || code === "offline") return { until: null, error: null };
  if (code === "unavailable") return { until: now + (retry_in ?? PAUSE) * 1000, error: null };
  if (code === "slow_mode" || (code === "rate_limited" && retry_in <= PATIENCE)) {
    return { until: now + (retry_in ?? PAUSE) * 1000, error: { code, message } };
  }
  if (code === "held") return { state: "held", again: false, until: null, error: { code, message } };
  return { state: "failed", again: false, until: null, error: { code, message, until: retry_in ? now + retry_in * 1000 : null } };
}

/** The room goes on in another epoch, which may have begun without this message. */
export function needsCheck(entry, epoch) {
  return entry.state === "sent" && entry.checked !== epoch;
}

/** Of a room's entries those that need a row of their own, since no message of the room stands for them. */
export function withoutMessage(entries, room, me) {
  if (!entries.length) return entries;
  const here = new Set(room.messages.filter(({ author }) => author.id === me.id).map(({ client_id }) => client_id));
  return entries.filter((entry) => !here.has(entry.client_id) && !(entry.seq && standsElsewhere(entry, room)));
}

// What the room has stands above what is at hand, if it is not on its way to the end of it.
function standsElsewhere({ state, seq, again }, room) {
  if (state === "sent") return !room.synced || seq <= room.seq;
  return Boolean(again) && seq < room.oldest;
}
