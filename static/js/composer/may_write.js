// Whether the room takes a message from me, and if not, why in words. Pure; the server decides again.

import { endWords } from "../moderation/sanctions/sanction_texts.js";
import { gettext, ngettext } from "../core/translate.js";

/** null when one may write; else {icon, words, join?, seconds?}. `wait`: seconds that slow mode lasts for me. */
export function whyClosed(room, { wait = 0, now = Date.now() } = {}) {
  if (!room.role) return { icon: "plus", words: gettext("You are not in this room yet."), join: true };
  if (room.state === "archived") return { icon: "archive", words: gettext("This room is archived. Everything can be read.") };
  if (room.sanction?.kind === "mute") return { icon: "mute", words: gettext("You are muted here %(length)s. You can read.", { length: endWords(room.sanction.until, now) }) };
  if (room.role !== "member") return null;
  if (room.state === "locked") return { icon: "lock", words: gettext("This room is locked for now. You can read.") };
  if (room.state === "announcement") return { icon: "horn", words: gettext("Only moderators write in this room.") };
  if (wait) return { icon: "snail", words: `${gettext("Slow mode. You can write again in")} `, seconds: wait };
  return null;
}

/** What the hint says of the length: nothing until the limit is near. */
export function lengthWords(length, limit) {
  if (length > limit) return { words: ngettext("%(count)s too many characters", "%(count)s too many characters", length - limit), over: true };
  if (length > limit * 0.9) return { words: ngettext("%(count)s characters left", "%(count)s characters left", limit - length), over: false };
  return null;
}

/** As the server counts them: code points, not halves of surrogate pairs. */
export function countCharacters(text) {
  return text.length - (text.match(/[\ud800-\udbff][\udc00-\udfff]/g)?.length ?? 0);
}
