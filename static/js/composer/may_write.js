// Whether the person can send in a room, and if not, why. Pure; the server checks again.

import { endWords } from "../moderation/sanctions/sanction_texts.js";
import { gettext, ngettext } from "../core/translate.js";
import { mayEdit, mayWrite } from "../store/room_rules.js";

/**
 * null when the person can send; else {icon, words, join?, seconds?, holds?, mayEdit?}. `wait`: seconds left of slow mode.
 * `holds`: it will end, so the box stays for writing, and only sending waits. `mayEdit`: edits can be saved meanwhile.
 */
export function whyClosed(room, { wait = 0, now = Date.now() } = {}) {
  if (!room.role) return { icon: "plus", words: gettext("You are not in this room yet."), join: true };
  if (room.writers === "nobody") return { icon: "archive", words: gettext("This room is archived. Everything can be read.") };
  if (room.sanction?.kind === "mute") return { icon: "mute", holds: true, words: gettext("You are muted here %(length)s. You can still read.", { length: endWords(room.sanction.until, now) }) };
  if (!mayWrite(room)) return closedTo(room);
  if (wait && room.role === "member") return { icon: "snail", holds: true, mayEdit: true, words: `${gettext("Slow mode. You can write again in")} `, seconds: wait };
  return null;
}

function closedTo(room) {
  if (room.state === "locked") return { icon: "lock", holds: true, mayEdit: mayEdit(room), words: gettext("This room is locked for now. You can still read.") };
  return { icon: "horn", words: gettext("Only moderators can write in this room.") };
}

/** The hint about the length: null until the limit is near. */
export function lengthWords(length, limit) {
  if (length > limit) return { words: ngettext("%(count)s too many characters", "%(count)s too many characters", length - limit), over: true };
  if (length > limit * 0.9) return { words: ngettext("%(count)s characters left", "%(count)s characters left", limit - length), over: false };
  return null;
}

/** Counts code points, as the server does, and not halves of surrogate pairs. */
export function countCharacters(text) {
  return text.length - (text.match(/[\ud800-\udbff][\udc00-\udfff]/g)?.length ?? 0);
}
