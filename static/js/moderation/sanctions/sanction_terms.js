// Terms of a sanction: what a moderator is about to do, for how long, and the label of the button. Pure.

import { hasLength } from "../moderation_requests.js";
import { endWords, expiryWords } from "./sanction_texts.js";
import { gettext, interpolate } from "../../core/translate.js";

const SPANS = { hour: 3600, day: 86_400, all: null };
// Whole sentences: the place of the verb differs between languages.
const DO = {
  mute: gettext("Mute %(length)s"), kick: gettext("Remove"), ban: gettext("Ban %(length)s"),
  siteMute: gettext("Mute on the whole site %(length)s"), siteBan: gettext("Ban from the whole site %(length)s"),
  hour: gettext("Purge the last hour"), day: gettext("Purge the last day"), all: gettext("Purge everything"),
};
const DONE = {
  mute: gettext("muted %(length)s"), kick: gettext("removed"), ban: gettext("banned %(length)s"),
  siteMute: gettext("muted on the whole site %(length)s"), siteBan: gettext("banned from the whole site %(length)s"),
  hour: gettext("purged the last hour"), day: gettext("purged the last day"), all: gettext("purged everything"),
};

export const ENDS = { "10 min": 600, "1 hour": 3600, "1 day": 86_400 };

/** Seconds from now; null: permanent, or the action has no duration. Throws an Error for the person if the date is missing. */
export function secondsOf({ action, length, until }, now) {
  if (!hasLength(action) || length === "for good") return null;
  if (length !== "until") return ENDS[length];
  const seconds = Math.round((Date.parse(until) - now) / 1000);
  if (!(seconds > 0)) throw new Error(gettext("Choose a time in the future."));
  return seconds;
}

/** The arguments of `purge`; null if nothing is purged. */
export function purgeOf({ span }) {
  return span in SPANS ? { seconds: SPANS[span] } : null;
}

/** "Mute until 15:04", "Remove and purge the last hour", "Purge everything" */
export function resultWords(terms, now, zone) {
  return termWords(terms, DO, now, zone);
}

/** "muted until 15:04 and purged the last hour": the same in the past tense. */
export function doneWords(terms, now, zone) { return termWords(terms, DONE, now, zone); }

/** "Expires at 15:04." as one line under the choice of length. */
export function endHint(terms, now, zone) {
  if (!lengthWords(terms, now, zone)) return gettext("Choose when it expires.");
  const seconds = secondsOf(terms, now);
  return seconds ? expiryWords(now + seconds * 1000, now, zone) : gettext("Stays in force until someone lifts it.");
}

export function consequence(terms, sign) {
  return {
    siteMute: gettext("Can read, but not write or react in any room."),
    siteBan: gettext("Cannot open this site or any of its rooms."),
    mute: gettext("Can read, but not write or react in %(room)s.", { room: sign }),
    kick: gettext("Removed from %(room)s, but can rejoin if the room is public.", { room: sign }),
    ban: gettext("Removed from %(room)s and cannot rejoin.", { room: sign }),
    purge: gettext("Removes their messages in %(room)s for everyone. You can undo this.", { room: sign }),
  }[actionHere(terms)];
}

/** The action, or "siteMute" or "siteBan" if it is for the whole site. */
function actionHere({ action, site }) {
  return site && hasLength(action) ? { mute: "siteMute", ban: "siteBan" }[action] : action;
}

function termWords(terms, verbs, now, zone) {
  const { action, span } = terms;
  const first = action === "purge" ? null : interpolate(verbs[actionHere(terms)], { length: lengthWords(terms, now, zone) }).trim();
  const purge = purgeOf(terms) && verbs[span];
  if (!first || !purge) return first ?? purge;
  return gettext("%(first)s and %(second)s", { first, second: lowerFirst(purge) });
}

function lengthWords(terms, now, zone) {
  try {
    const seconds = secondsOf(terms, now);
    return endWords(seconds && now + seconds * 1000, now, zone);
  } catch {
    return "";
  }
}

function lowerFirst(text) { return text.charAt(0).toLowerCase() + text.slice(1); }
