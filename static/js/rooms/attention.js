// How much attention a room asks for: in the sidebar, in the title, and by sound. Bold is unread; saffron is for me. Pure.

/** The display in the sidebar: {heavy, count, badge}; `badge` if the count is for me. A muted room shows only mentions of me. */
export function listAppearance({ kind, muted, unread, mentions }) {
  if (muted) return { heavy: false, count: mentions, badge: mentions > 0 };
  const mine = kind === "direct" ? unread : mentions;
  return { heavy: unread > 0, count: mine || unread, badge: mine > 0 };
}

/** How many unread messages are for me, by the room's notification level: the number in the title. */
export function calls({ level, muted, unread, mentions }) {
  if (muted) return 0;
  return { all: unread, mentions, nothing: 0 }[level];
}

/** The sum over all rooms: {calls, unread}; muted rooms are not counted. */
export function attention(rooms) {
  return {
    calls: rooms.reduce((sum, room) => sum + calls(room), 0),
    unread: rooms.reduce((sum, room) => sum + (room.muted ? 0 : room.unread), 0),
  };
}

/** Whether a new message notifies me; `me` is an id. */
export function notifiesMe(room, message, me) {
  if (room.muted || message.author.id === me || message.deleted || room.blocks?.has(message.author.id)) return false;
  if (room.level === "all") return true;
  return room.level === "mentions" && Boolean(message.mentions?.some((id) => id === 0 || id === me));
}
