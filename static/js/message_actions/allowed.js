// Which actions a message seems to allow; the server checks again. Pure.

import { withoutMessage } from "../outbox/entry.js";
import { mayRestore } from "../store/policy.js";
import { mayEdit, mayWrite } from "../store/room_rules.js";

/** {react, reply, edit, remove, restore, link, unread, report}; all false for an unsent message. */
export function allowed(message, room, me) {
  const { role } = room;
  const moderates = role === "owner" || role === "moderator";
  const mine = message.author.id === me.id;
  const open = Boolean(message.seq) && message.kind !== "notice" && mayEdit(room);
  const there = !message.deleted;
  return {
    react: open && there,
    reply: open && there && mayWrite(room),
    edit: open && there && mine,
    remove: open && there && (mine || moderates),
    restore: open && !there && mayRestore(message, moderates, me),
    link: Boolean(message.seq) && there,
    unread: Boolean(role && message.seq),
    report: Boolean(role && message.seq) && message.kind !== "notice" && there && !mine,
  };
}

/** My newest message that can still be edited; null if none is loaded, or a newer one of `unsent` is on its way. */
export function lastToEdit(room, me, unsent = []) {
  if (withoutMessage(unsent, room, me).some(({ state }) => state === "waiting" || state === "sent")) return null;
  return room.messages.findLast((message) => message.author.id === me.id && allowed(message, room, me).edit) ?? null;
}
