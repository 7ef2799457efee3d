// A sync in several requests: the server accepts a limited number of positions in one, and a person can be in more rooms.

export const ROOMS_PER_PIECE = 1000;    // ROOMS_PER_SYNC in chat/domain/protocol.py

// Up to so many rooms all come with their newest messages. In more, only the room in sight does: the others' come when they are
// opened. All of 1,000 rooms were 13 MB.
export const WHOLE_ROOMS = 20;

/**
 * Which rooms a sync asks for with their messages; nothing: all of them.
 * @param {number} count
 * @param {number | null} inSight
 * @returns {{whole?: number[]}}
 */
export function wholeRooms(count, inSight) {
  if (count <= WHOLE_ROOMS) return {};
  return { whole: inSight === null ? [] : [inSight] };
}

/**
 * Ask for the rooms of `positions` {room id: position} and for those that are not known yet; returns the answers as one.
 * `request(payload)` returns a promise of one answer, {me, rooms}; `more` is in each payload. Only the last piece brings rooms that were not requested.
 * @param {Record<string, Position>} positions
 * @param {(payload: object) => Promise<Ack>} request
 * @param {object} [more]
 */
export async function syncInPieces(positions, request, more = {}) {
  const entries = Object.entries(positions);
  const known = [];
  const rooms = [];
  while (entries.length > ROOMS_PER_PIECE) {
    const piece = entries.splice(0, ROOMS_PER_PIECE);
    rooms.push(...(await request({ rooms: Object.fromEntries(piece), only: true, ...more })).rooms);
    known.push(...piece.map(([id]) => Number(id)));
  }
  const payload = { rooms: Object.fromEntries(entries), ...(known.length ? { known } : {}), ...more };
  const ack = await request(payload);
  return { ...ack, rooms: [...rooms, ...ack.rooms] };
}
