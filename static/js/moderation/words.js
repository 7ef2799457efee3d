// What is said of mutes, bans and their ends. Pure; `zone` is for tests.

import { clock, dayOf } from "../format.js";

const DAY = 86_400_000;
const STATES = { mute: "Muted", ban: "Banned" };

/** "until 14:30", "until tomorrow, 14:30", "until 26 Nov 2026, 14:30", "for good". */
export function endWords(until, now, zone) {
  if (!until) return "for good";
  const day = dayOf(until, zone);
  if (day === dayOf(now, zone)) return `until ${clock(until, { zone })}`;
  if (day === dayOf(now + DAY, zone)) return `until tomorrow, ${clock(until, { zone })}`;
  const date = new Intl.DateTimeFormat(undefined, { day: "numeric", month: "short", year: "numeric", timeZone: zone }).format(until);
  return `until ${date}, ${clock(until, { zone })}`;
}

/** "Muted until 14:30" */
export function sanctionWords({ kind, until }, now, zone) {
  return `${STATES[kind]} ${endWords(until, now, zone)}`;
}

/** What the person concerned is told: {strong, words}. */
export function mutedWords({ until, reason }, now, zone) {
  return { strong: `You are muted here ${endWords(until, now, zone)}${reason ? ":" : "."}`, words: `${reason ? ` ${reason.replace(/[.\s]+$/, "")}.` : ""} You can read.` };
}

/** What there was before: "1 earlier mute, 2 earlier bans"; "" for a blank past. `all`: every sanction there ever was. */
export function pastWords(all, now) {
  const past = all.filter((sanction) => !inForce(sanction, now));
  return ["mute", "ban"].map((kind) => [kind, past.filter((sanction) => sanction.kind === kind).length])
    .filter(([, count]) => count).map(([kind, count]) => `${count} earlier ${kind}${count === 1 ? "" : "s"}`).join(", ");
}

export function inForce({ until, lifted_at }, now) {
  return !lifted_at && (!until || until > now);
}
