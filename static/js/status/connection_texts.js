// Texts about the state of the connection. Pure.

import { clock, dayOf, shortTime } from "../core/format.js";
import { gettext, ngettext } from "../core/translate.js";

/** {kind: "live" | "waiting" | "lost", words, countdown}: the countdown is shown but not announced. */
export function lineWords({ state, lastLive, nextTry, rooms, sending, now }) {
  if (state === "lost") return { kind: "lost", words: lostWords(lastLive, now), countdown: `, ${nextWords(nextTry, now)}` };
  if (state === "connecting") return { kind: "waiting", words: gettext("Connecting"), countdown: "" };
  if (state === "catching_up") {
    return { kind: "waiting", words: rooms ? ngettext("Connecting, catching up on %(count)s room", "Connecting, catching up on %(count)s rooms", rooms) : gettext("Connecting"), countdown: "" };
  }
  if (sending) return { kind: "waiting", words: gettext("Sending %(count)s", { count: sending }), countdown: "" };
  return { kind: "live", words: gettext("Live"), countdown: "" };
}

export function lostWords(lastLive, now) {
  if (!lastLive) return gettext("Not connected");
  const today = dayOf(lastLive) === dayOf(now);
  return gettext("Last live at %(time)s", { time: today ? clock(lastLive, { seconds: true }) : shortTime(lastLive) });
}

export function nextWords(nextTry, now) {
  if (nextTry === null) return gettext("trying now");
  const seconds = Math.ceil((nextTry - now) / 1000);
  return seconds > 0 ? gettext("next try in %(count)s s", { count: seconds }) : gettext("trying now");
}
