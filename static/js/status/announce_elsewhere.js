// Says to screen readers that something for me came in a room that is not shown, by the room's notification level; at most one
// utterance in some seconds, and more as a sum.

import { announce } from "../core/announce.js";
import { notifiesMe } from "../rooms/attention.js";
import { othersOf, roomSign } from "../rooms/names.js";
import { gettext, ngettext } from "../core/translate.js";

const EVERY = 5000;

/** `facts`: {me, rooms, preferences: {now: {spoken}}, current() → the room that is shown} */
export function announceElsewhere({ me, rooms, preferences, current }, { say = announce, later = (act, delay) => setTimeout(act, delay) } = {}) {
  let waiting = [];
  let resting = false;
  const speak = () => {
    resting = waiting.length > 0;
    if (!resting) return;
    say(elsewhereWords(waiting.splice(0), me));
    later(speak, EVERY);
  };
  rooms.on("messages", ({ room, added, live }) => {
    if (!live || room === current() || preferences.now.spoken === "off") return;
    waiting.push(...added.filter((message) => notifiesMe(room, message, me.id)).map((message) => ({ room, message })));
    if (waiting.length && !resting) speak();
  });
  rooms.on("read", (room) => { if (!room.unread) waiting = waiting.filter((each) => each.room !== room); });
}

/** Pure. `told`: [{room, message}], at least one. */
export function elsewhereWords(told, me) {
  const rooms = new Set(told.map(({ room }) => room)).size;
  if (told.length > 1) return ngettext("%(count)s messages for you in %(rooms)s room", "%(count)s messages for you in %(rooms)s rooms", rooms, { count: told.length, rooms });
  const [{ room, message: { author } }] = told;
  if (room.kind === "direct" && othersOf(room, me).length < 2) return gettext("Direct message from %(name)s", { name: author.name });
  if (room.level === "all") return gettext("New message from %(name)s in %(room)s", { name: author.name, room: roomSign(room, me) });
  return gettext("%(name)s mentions you in %(room)s", { name: author.name, room: roomSign(room, me) });
}
