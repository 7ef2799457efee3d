// Who may write in a room, and change what was written: `writers` and `editors` as chat/domain/room_rules.py decided them. Pure.

/** Whether the room takes messages from a member with my role. @param {{writers?: Circle, role?: Role | null}} room */
export function mayWrite({ writers, role }) {
  return includes(writers, role);
}

/** Whether I can edit and delete my messages there, and react. @param {{editors?: Circle, role?: Role | null}} room */
export function mayEdit({ editors, role }) {
  return includes(editors, role);
}

/** @param {Circle | undefined} circle @param {Role | null | undefined} role */
function includes(circle, role) {
  if (!role) return false;
  return circle === "everyone" || (circle === "moderators" && role !== "member");
}
