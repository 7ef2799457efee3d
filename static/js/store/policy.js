// Who may do what to whom, as chat/domain/policy.py has it: what is offered here, the server decides again. Pure.

const RANK = { member: 1, moderator: 2, owner: 3 };
const STAFF = 4;

/** `person`: {role?, staff?}. Of others than myself it is not known whether they are the site's staff. */
export function rankOf({ role, staff }) {
  return staff ? STAFF : RANK[role] ?? 0;
}

/** Whether I look after this room: its reports, sanctions and settings. */
export function moderates(room, me) {
  const rank = rankOf({ role: room.role, staff: me.staff });
  return room.kind === "direct" ? rank >= STAFF : rank >= RANK.moderator;
}

export function owns(room, me) {
  return room.kind !== "direct" && rankOf({ role: room.role, staff: me.staff }) >= RANK.owner;
}

/** {sanction, remove, purge, onSite, role, handOver}: what I may do to somebody; `target`: {id, role?}. */
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

/** Whether I may restore a deleted message, and read what it said: its author what they deleted, moderators what a moderator deleted. */
export function mayRestore({ author, deleted_by }, moderates, me) {
  return author.id === me.id ? deleted_by === me.id : moderates && deleted_by !== author.id;
}

export function mayModerate(room, me, target) {
  return Object.values(powersOver(room, me, target)).some(Boolean);
}
