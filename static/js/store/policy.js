// Permissions between people, as in chat/domain/policy.py: what the page offers, the server checks again. Pure.

const RANK = { member: 1, moderator: 2, owner: 3 };
const STAFF = 4;

/**
 * `person`: {role?, staff?}. Whether others are staff of the site is not known here.
 * @param {{role?: Role | null, staff?: boolean}} person
 */
export function rankOf({ role, staff }) {
  return staff ? STAFF : role ? RANK[role] : 0;
}

/**
 * Whether I moderate this room: its reports, sanctions and settings.
 * @param {{kind: RoomKind, role?: Role | null}} room
 * @param {{id?: number, staff?: boolean}} me
 */
export function moderates(room, me) {
  const rank = rankOf({ role: room.role, staff: me.staff });
  return room.kind === "direct" ? rank >= STAFF : rank >= RANK.moderator;
}

/**
 * Whether I can invite people: every member to a public room, moderators to a private one.
 * @param {{kind: RoomKind, role?: Role | null, state?: string}} room
 */
export function mayInvite({ kind, role, state }) {
  if (kind === "direct" || !role || state === "archived") return false;
  return kind === "public" || role !== "member";
}

/** @param {{kind: RoomKind, role?: Role | null}} room @param {{id?: number, staff?: boolean}} me */
export function owns(room, me) {
  return room.kind !== "direct" && rankOf({ role: room.role, staff: me.staff }) >= RANK.owner;
}

/**
 * {sanction, remove, purge, onSite, role, handOver}: what I can do to a person; `target`: {id, role?}.
 * @param {{kind: RoomKind, role?: Role | null}} room
 * @param {{id?: number, staff?: boolean}} me
 * @param {{id: number, role?: Role | null}} target
 */
export function powersOver(room, me, target) {
  const above = target.id !== me.id && rankOf({ role: room.role, staff: me.staff }) > rankOf(target);
  const api = above && moderates(room, me);
  const here = room.kind !== "direct";
  const ranks = above && owns(room, me) && Boolean(target.role);
  return {
    sanction: api && here, remove: api && here && Boolean(target.role), purge: api,
    onSite: api && here && Boolean(me.staff), role: ranks, handOver: ranks,
  };
}

/**
 * Whether I can restore and read a deleted message: authors what they deleted, moderators what a moderator deleted.
 * @param {{author: {id: number}, deleted_by?: number}} message
 * @param {boolean} moderates
 * @param {{id?: number, staff?: boolean}} me
 */
export function mayRestore({ author, deleted_by }, moderates, me) {
  return author.id === me.id ? deleted_by === me.id : moderates && deleted_by !== author.id;
}

/**
 * @param {{kind: RoomKind, role?: Role | null}} room
 * @param {{id?: number, staff?: boolean}} me
 * @param {{id: number, role?: Role | null}} target
 */
export function mayModerate(room, me, target) {
  return Object.values(powersOver(room, me, target)).some(Boolean);
}
