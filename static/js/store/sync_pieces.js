// A sync in several requests: the server accepts a limited number of positions in one, and a person can be in more rooms.

export const ROOMS_PER_PIECE = 1000;    // ROOMS_PER_SYNC in chat/domain/protocol.py

/**
 * Ask for the rooms of `positions` {room id: position} and for those that are not known yet; returns the answers as one.
 * `request(payload)` returns a promise of one answer, {me, rooms}. Only the last piece brings rooms that were not requested.
 * @param {Record<string, Position>} positions
 * @param {(payload: object) => Promise<Ack>} request
 */
export async function syncInPieces(positions, request) {
  const entries = Object.entries(positions);
  const known = [];
  const rooms = [];
  while (entries.length > ROOMS_PER_PIECE) {
    const piece = entries.splice(0, ROOMS_PER_PIECE);
    rooms.push(...(await request({ rooms: Object.fromEntries(piece), only: true })).rooms);
    known.push(...piece.map(([id]) => Number(id)));
  }
  const payload = { rooms: Object.fromEntries(entries), ...(known.length ? { known } : {}) };
  const ack = await request(payload);
  return { ...ack, rooms: [...rooms, ...ack.rooms] };
}
