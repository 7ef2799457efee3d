// The banner of a room: it was restored, I am muted in it, or only moderators write here.

import { el, icon } from "../core/dom.js";
import { mutedWords } from "../moderation/sanctions/sanction_texts.js";
import { gettext, ngettext } from "../core/translate.js";

// Members see it in place of the composer; people who can still write see it here.
const CLOSED = { 
  locked: ["lock", gettext("Locked."), gettext("Only moderators can write here at the moment.")],
  announcement: ["horn", gettext("Announcements."), gettext("Only moderators can write in this room.")],
 };

/** {key, now, node()}, with the same key for the same content, and `now` if it must be said at once; null without a banner. `seen()` is called when it is closed. */
export function roomBanner(room, seen) {
  if (!room) return null;
  if (room.restored) return { key: room, node: () => restored(room, seen) };
  const { sanction, role, state } = room;
  if (sanction?.kind === "mute") return { key: `muted ${room.id} ${sanction.until} ${sanction.reason}`, now: true, node: () => muted(sanction) };
  if (role && role !== "member" && CLOSED[state]) return { key: state, node: () => plain("div.banner", ...CLOSED[state]) };
  return null;
}

function restored(room, seen) {
  const count = room.messages.length;
  return el("div.banner.banner--act", {}, icon("turn"),
    el("p", {}, ngettext("This room was restored from the archive. You see the newest message.", "This room was restored from the archive. You see the newest %(count)s messages.", count)),
    el("button.button", { type: "button", onclick: () => { room.restored = false; seen(); } }, gettext("OK")));
}

function muted(sanction) {
  const { strong, words } = mutedWords(sanction, Date.now());
  return plain("div.banner.banner--waiting", "mute", strong, words);
}

function plain(kind, mark, strong, words) {
  return el(kind, {}, icon(mark), el("p", {}, el("b", {}, strong), " ", words.trimStart()));
}
