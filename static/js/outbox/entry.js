// One unsent message and its state. Pure. waiting: to be sent, not before `until` · failed: refused, see `error` · held:
// waiting for a moderator · sent: the room has it. A sent entry is kept for a while: if the server loses its newest seconds, it
// is sent again under the same id.

const KEPT_FOR = 120_000;
export const LATE_AFTER = 400; // ms; only then the row says that it is being sent
const PATIENCE = 10;           // seconds; a longer wait, except for slow mode, fails instead
const PAUSE = 1;

/**
 * @param {{client_id: string, room: number, text: string, reply_to?: number | null, at: number, order: number}} facts
 * @returns {OutboxEntry}
 */
export function newEntry({ client_id, room, text, reply_to, at, order }) {
  return { client_id, room, text, ...(reply_to && { reply_to }), at, order, state: "waiting", until: null, error: null };
}

/** In the order in which they were written. @param {OutboxEntry} one @param {OutboxEntry} other */
export function inOrder(one, other) {
  return one.order - other.order || (one.client_id < other.client_id ? -1 : 1);
}

/** @param {OutboxEntry} entry @param {number} now */
export function isLate(entry, now) {
  return now - entry.at >= LATE_AFTER;
}

/**
 * Whether the room asked to wait.
 * @param {{state: OutboxEntry["state"], error: OutboxEntry["error"], until: number | null}} facts
 * @param {number} now
 */
export function isPaused({ state, error, until }, now) {
  return state === "waiting" && Boolean(error) && (until ?? 0) > now;
}

/** @param {OutboxEntry} entry @param {number} now */
export function isDone(entry, now) {
  return entry.state === "sent" && (entry.keptUntil ?? 0) <= now;
}

/**
 * The room has it, by an acknowledgement or by its own event.
 * @param {OutboxEntry} entry
 * @param {{seq: number, epoch: string, duplicate?: boolean}} receipt
 * @param {number} now
 * @returns {Partial<OutboxEntry>}
 */
export function afterReceipt(entry, { seq, epoch, duplicate }, now) {
  // A duplicate has the epoch in which it was stored, not the one in which it was looked up. And it was stored long ago:
  // otherwise, if Redis restarts again and again, everything ever sent would be sent again each time.
  const checked = entry.again ? entry.checked : epoch;
  const keptUntil = (duplicate && entry.keptUntil) || now + KEPT_FOR;
  return { state: "sent", seq, checked, again: false, until: null, error: null, keptUntil };
}

/**
 * It was not delivered: send it again automatically, or show why not.
 * @param {Refusal} refusal
 * @param {number} now
 * @returns {Partial<OutboxEntry>}
 */
export function afterRefusal({ code, message, retry_in }, now) {
  if (code === "timeout" || code === "offline") return { until: null, error: null };
  if (code === "unavailable") return { until: now + (retry_in ?? PAUSE) * 1000, error: null };
  if (code === "slow_mode" || (code === "rate_limited" && (retry_in ?? Infinity) <= PATIENCE)) {
    return { until: now + (retry_in ?? PAUSE) * 1000, error: { code, message } };
  }
  if (code === "held") return { state: "held", again: false, until: null, error: { code, message } };
  return { state: "failed", again: false, until: null, error: { code, message, until: retry_in ? now + retry_in * 1000 : null } };
}

/** The room has a new epoch, which may have begun without this message. @param {OutboxEntry} entry @param {string} epoch */
export function needsCheck(entry, epoch) {
  return entry.state === "sent" && entry.checked !== epoch;
}

/**
 * The entries of a room that need a row of their own, because no loaded message represents them.
 * @param {OutboxEntry[]} entries
 * @param {Room} room
 * @param {Person} me
 */
export function withoutMessage(entries, room, me) {
  if (!entries.length) return entries;
  const here = new Set(room.messages.filter((/** @type {Message} */ { author }) => author.id === me.id).map((/** @type {Message} */ { client_id }) => client_id));
  return entries.filter((entry) => !here.has(entry.client_id) && !(entry.seq && standsElsewhere({ ...entry, seq: entry.seq }, room)));
}

// A stored message lies before the loaded range, unless it is about to arrive at its end.
/** @param {{state: OutboxEntry["state"], seq: number, again?: boolean}} entry @param {Room} room */
function standsElsewhere({ state, seq, again }, room) {
  if (state === "sent") return !room.synced || seq <= room.seq;
  return Boolean(again) && seq < room.oldest;
}
