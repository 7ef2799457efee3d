// What a moderator is about to do, for how long, and what the button says of it. Pure.

import { endWords } from "./words.js";

const SPANS = { hour: 3600, day: 86_400, all: null };
const SPAN_WORDS = { hour: "the last hour", day: "the last day", all: "everything" };
const DO = { mute: "Mute", kick: "Remove", ban: "Ban", purge: "purge" };
const DONE = { mute: "muted", kick: "removed", ban: "banned", purge: "purged" };

export const ENDS = { "10 min": 600, "1 hour": 3600, "1 day": 86_400 };

/** Seconds from now; null: for good, or the action has no length. Throws words where a date is wanted and not given. */
export function secondsOf({ action, length, until }, now) {
  if (!hasLength(action) || length === "for good") return null;
  if (length !== "until") return ENDS[length];
  const seconds = Math.round((Date.parse(until) - now) / 1000);
  if (!(seconds > 0)) throw new Error("Choose a time that is still to come.");
  return seconds;
}

export function hasLength(action) { return action === "mute" || action === "ban"; }

/** What `purge` takes; null where nothing is purged. */
export function purgeOf({ span }) {
  return span in SPANS ? { seconds: SPANS[span], words: SPAN_WORDS[span] } : null;
}

/** "Mute until 15:04", "Remove and purge the last hour", "Purge everything" */
export function resultWords(terms, now, zone) {
  const words = termWords(terms, DO, now, zone);
  return words[0].toUpperCase() + words.slice(1);
}

/** "muted until 15:04 and purged the last hour": the same, once it is so. */
export function doneWords(terms, now, zone) { return termWords(terms, DONE, now, zone); }

/** "Ends by itself today at 15:04." as one line under the choice of length. */
export function endHint(terms, now, zone) {
  const words = lengthWords(terms, now, zone);
  if (!words) return "Choose when it ends.";
  return words === "for good" ? "Ends when somebody lifts it." : `Ends by itself: holds ${words}.`;
}

export function consequence(action, sign) {
  return {
    mute: `Can read, cannot write or react in ${sign}.`,
    kick: `Is taken out of ${sign}, and may come back where anyone may join.`,
    ban: `Is taken out of ${sign} and kept out.`,
    purge: `Takes what they wrote in ${sign} from every screen. It can be undone.`,
  }[action];
}

function termWords(terms, verbs, now, zone) {
  const { action } = terms;
  const purge = purgeOf(terms);
  return [
    action !== "purge" && [verbs[action], hasLength(action) && lengthWords(terms, now, zone)].filter(Boolean).join(" "),
    purge && `${verbs.purge} ${purge.words}`,
  ].filter(Boolean).join(" and ");
}

function lengthWords(terms, now, zone) {
  try {
    const seconds = secondsOf(terms, now);
    return endWords(seconds && now + seconds * 1000, now, zone);
  } catch {
    return "";
  }
}
