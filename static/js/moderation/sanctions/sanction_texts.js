// Texts about mutes, bans and when they end. Pure; `zone` is for tests.

import { clock, date, dayOf } from "../../core/format.js";
import { gettext, interpolate, ngettext } from "../../core/translate.js";

const DAY = 86_400_000;
const STATES = { mute: gettext("Muted %(length)s"), ban: gettext("Banned %(length)s") };
const SITE_STATES = { mute: gettext("Muted on the whole site %(length)s"), ban: gettext("Banned from the whole site %(length)s") };

/** "until 14:30", "until tomorrow, 14:30", "until 26 Nov 2026, 14:30", "permanently". */
export function endWords(until, now, zone) {
  if (!until) return gettext("permanently");
  const day = dayOf(until, zone);
  if (day === dayOf(now, zone)) return gettext("until %(time)s", { time: clock(until, { zone }) });
  if (day === dayOf(now + DAY, zone)) return gettext("until tomorrow, %(time)s", { time: clock(until, { zone }) });
  return gettext("until %(date)s, %(time)s", { date: date(until, zone), time: clock(until, { zone }) });
}

/** "Expires at 14:30.", "Expires tomorrow at 14:30.", "Expires on 26 Nov 2026 at 14:30." */
export function expiryWords(until, now, zone) {
  const time = clock(until, { zone });
  const day = dayOf(until, zone);
  if (day === dayOf(now, zone)) return gettext("Expires at %(time)s.", { time });
  if (day === dayOf(now + DAY, zone)) return gettext("Expires tomorrow at %(time)s.", { time });
  return gettext("Expires on %(date)s at %(time)s.", { date: date(until, zone), time });
}

/** "Muted until 14:30", "Banned from the whole site permanently" */
export function sanctionWords({ kind, until, whole_site: onSite = false }, now, zone) {
  return interpolate((onSite ? SITE_STATES : STATES)[kind], { length: endWords(until, now, zone) });
}

/**
 * "Muted until 14:30 by Inês: spam"
 * @param {any} sanction
 */
export function nowWords({ by, reason, ...sanction }) {
  return `${sanctionWords(sanction, Date.now())}${by ? ` ${gettext("by %(name)s", { name: by.name })}` : ""}${reason ? `: ${reason}` : ""}`;
}

/** The text for the muted person: {strong, words}. */
export function mutedWords({ until, reason }, now, zone) {
  const strong = gettext("You are muted here %(length)s", { length: endWords(until, now, zone) });
  return { strong: strong + (reason ? ":" : "."), words: `${reason ? ` ${reason.replace(/[.\s]+$/, "")}.` : ""} ${gettext("You can still read.")}` };
}

/** Earlier sanctions: "1 earlier mute, 2 earlier bans"; "" without any. `all`: every sanction of the person. */
export function pastWords(all, now) {
  const past = all.filter((sanction) => !inForce(sanction, now));
  const count = (wanted) => past.filter(({ kind }) => kind === wanted).length;
  return [
    count("mute") && ngettext("%(count)s earlier mute", "%(count)s earlier mutes", count("mute")),
    count("ban") && ngettext("%(count)s earlier ban", "%(count)s earlier bans", count("ban")),
  ].filter(Boolean).join(", ");
}

export function inForce({ until, lifted_at }, now) {
  return !lifted_at && (!until || until > now);
}
