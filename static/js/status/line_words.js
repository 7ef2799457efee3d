// What the line of truth says. Pure.

import { clock, plural } from "../format.js";

/** {kind: "live" | "waiting" | "lost", words, countdown}: the countdown is drawn but not spoken. */
export function lineWords({ state, lastLive, nextTry, rooms, sending, now }) {
  if (state === "lost") return { kind: "lost", words: lostWords(lastLive), countdown: nextWords(nextTry, now) };
  if (state === "connecting") return { kind: "waiting", words: "Connecting", countdown: "" };
  if (state === "catching_up") {
    return { kind: "waiting", words: rooms ? `Connecting, catching up on ${plural(rooms, "room", "rooms")}` : "Connecting", countdown: "" };
  }
  if (sending) return { kind: "waiting", words: `Sending ${sending}`, countdown: "" };
  return { kind: "live", words: "Live", countdown: "" };
}

export function lostWords(lastLive) {
  return lastLive ? `Last live at ${clock(lastLive, { seconds: true })}` : "Not connected";
}

export function nextWords(nextTry, now) {
  if (nextTry === null) return ", trying now";
  const seconds = Math.ceil((nextTry - now) / 1000);
  return seconds > 0 ? `, next try in ${seconds} s` : ", trying now";
}
