// Times, names and counts as text. Pure; `zone` is for tests, the reader's own zone otherwise.

import { timeNotation } from "./time_notation.js";
import { locale, ngettext } from "./translate.js";

export const DYES = 12;
const PER_DAY = 86_400_000;

const faces = new Map();        // name → letters; grows with the number of people
const formats = new Map();      // creating one costs more than a hundred uses
const relativeTimes = new Intl.RelativeTimeFormat(locale, { numeric: "auto", style: "short" });
const lists = new Intl.ListFormat(locale);
timeNotation.on("change", () => formats.clear());     // each keeps the zone in which it was created

/**
 * @param {number} time
 * @param {{zone?: string, seconds?: boolean}} [options]
 */
export function clock(time, { zone, seconds = false } = {}) {
  return format(locale, { hour: timeNotation.hours === 12 ? "numeric" : "2-digit", minute: "2-digit", second: seconds ? "2-digit" : undefined, hourCycle: hourCycle(), timeZone: zone }, time);
}

/** A time of day, "22:00", as the reader writes it. @param {string} text */
export function timeOfDay(text) {
  return clock(Date.parse(`2000-01-01T${text}Z`), { zone: "UTC" });
}

/** @param {number} time @param {string} [zone] */
export function fullTime(time, zone) {
  return format(locale, { dateStyle: "full", timeStyle: "medium", hourCycle: hourCycle(), timeZone: zone }, time);
}

/** "24 Nov 2026", without a time. @param {number} time @param {string} [zone] */
export function date(time, zone) {
  return format(locale, { day: "numeric", month: "short", year: "numeric", timeZone: zone }, time);
}

/** "24 Nov 2026, 15:05", for lists. @param {number} time @param {string} [zone] */
export function shortTime(time, zone) {
  return format(locale, { dateStyle: "medium", timeStyle: "short", hourCycle: hourCycle(), timeZone: zone }, time);
}

/** The calendar day as "2026-11-23", in the reader's zone. @param {number} time @param {string} [zone] */
export function dayOf(time, zone) {
  // Not en-CA, which had the American order in some versions of the locale data.
  return format("sv-SE", { year: "numeric", month: "2-digit", day: "2-digit", timeZone: zone }, time);
}

/**
 * "Today", "Yesterday", "Saturday 21 November", and with the year when it is another one.
 * @param {string} day
 * @param {string} today
 */
export function dayLabel(day, today) {
  const age = (Date.parse(today) - Date.parse(day)) / PER_DAY;
  if (age === 0 || age === 1) return upperFirst(relative(-age, "day"));
  const year = day.slice(0, 4) === today.slice(0, 4) ? undefined : "numeric";
  return format(locale, { weekday: "long", day: "numeric", month: "long", year, timeZone: "UTC" }, Date.parse(day));
}

/** One or two letters for an avatar, by graphemes; cached, since segmenting costs a tenth of a row. @param {string} name */
export function initials(name) {
  if (!faces.has(name)) faces.set(name, initialsOf(name));
  return faces.get(name);
}

/** @param {string} name */
function initialsOf(name) {
  const words = name.replace(/[^\p{L}\p{M}\p{N}\s]/gu, " ").trim().split(/\s+/u).filter(Boolean);
  const letters = words.length > 1 ? [words[0], words.at(-1)] : words;
  const marks = letters.map((word) => firstLetter(word ?? "")).join("");
  return (letters.length === 1 ? firstLetters(words[0] ?? "", 2) : marks).toUpperCase() || "?";
}

/** @param {number} id */
export function dyeOf(id) {
  return id % DYES;
}

/** @param {number} count */
export function badge(count) {
  return count > 99 ? "99+" : String(count);
}

/**
 * How long ago, as far as it matters: "now", "5 min. ago", "3 hr. ago", "yesterday", "21 Nov", "May 2025".
 * @param {number} time
 * @param {number} now
 * @param {string} [zone]
 */
export function ago(time, now, zone) {
  const minutes = Math.floor((now - time) / 60_000);
  if (minutes < 1) return relative(0, "second");
  if (minutes < 60) return relative(-minutes, "minute");
  const days = (Date.parse(dayOf(now, zone)) - Date.parse(dayOf(time, zone))) / PER_DAY;
  if (days < 1) return relative(-Math.floor(minutes / 60), "hour");
  if (days === 1) return relative(-1, "day");
  const far = dayOf(time, zone).slice(0, 4) !== dayOf(now, zone).slice(0, 4);
  return format(locale, far ? { month: "short", year: "numeric", timeZone: zone } : { day: "numeric", month: "short", timeZone: zone }, time);
}

/**
 * "Mei", "Mei and Ruth", "Mei, Ruth, and 2 others": a list in the page's language.
 * @param {string[]} names
 * @param {number} [atMost]
 */
export function listNames(names, atMost = 2) {
  const shown = names.slice(0, atMost);
  const rest = names.length - shown.length;
  return joinWords(rest > 0 ? [...shown, ngettext("%(count)s other", "%(count)s others", rest)] : shown);
}

/**
 * "a, b, and c" in the page's language.
 * @param {string[]} words
 */
export function joinWords(words) { return lists.format(words); }

/**
 * @param {number} value
 * @param {Intl.RelativeTimeFormatUnit} unit
 */
function relative(value, unit) { return relativeTimes.format(value, unit); }

/** @returns {"h12" | "h23"} */
function hourCycle() { return timeNotation.hours === 12 ? "h12" : "h23"; }

/** @param {string | undefined} language @param {Intl.DateTimeFormatOptions} options @param {number} time */
function format(language, options, time) {
  const key = JSON.stringify([language, options]);
  if (!formats.has(key)) formats.set(key, new Intl.DateTimeFormat(language, options));
  return formats.get(key).format(time);
}

/** @param {string} text */
function upperFirst(text) { return text.charAt(0).toLocaleUpperCase(locale) + text.slice(1); }

/** @param {string} word */
function firstLetter(word) { return firstLetters(word, 1); }

/** @param {string} word @param {number} count */
function firstLetters(word, count) {
  // An avatar can show only the beginning of a long run of combining marks.
  const segments = new Intl.Segmenter(undefined, { granularity: "grapheme" }).segment(word.slice(0, 40));
  return Array.from(segments, ({ segment }) => segment.slice(0, 4)).slice(0, count).join("");
}
