// How loudly a room may ask for me: in the list, in the title, and by a sound. Weight says unread, saffron says you. Pure.

/** What the list shows: {heavy, count, badge}; `badge` where the count is for me. A muted room whispers, but for my name. */
export function listAppearance({ kind, muted, unread, mentions }) {
  if (muted) return { heavy: false, count: mentions, badge: mentions > 0 };
  const mine = kind === "direct" ? unread : mentions;
  return { heavy: unread > 0, count: mine || unread, badge: mine > 0 };
}

/** How much of what is unread is for me, by what I want to be told of the room: the number in the title. */
export function calls({ level, muted, unread, mentions }) {
  if (muted) return 0;
  return { all: unread, mentions, nothing: 0 }[level];
}

/** Of all rooms: {calls, unread}; what is unread in a muted room is not counted. */
export function attention(rooms) {
  return {
    calls: rooms.reduce((sum, room) => sum + calls(room), 0),
    unread: rooms.reduce((sum, room) => sum + (room.muted ? 0 : room.unread), 0),
  };
}

/** Whether a message that just came should be told: `me` is an id. */
export function isTold(room, message, me) {
  if (room.muted || message.author.id === me || message.deleted || room.blocks?.has(message.author.id)) return false;
  if (room.level === "all") return true;
  return room.level === "mentions" && Boolean(message.mentions?.some((id) => id === 0 || id === me));
}
