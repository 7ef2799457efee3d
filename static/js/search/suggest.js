// Suggestions that complete the word at the cursor to narrow a search. Pure.

import { fold } from "../core/fuzzy.js";
import { keyWords } from "../keyboard/key_match.js";
import { gettext } from "../core/translate.js";

const OPERATORS = [
  ["from:", gettext("by someone")], ["in:", gettext("in a room")], ["mentions:", gettext("someone is mentioned")], ["has:", gettext("a link or code")],
  ["is:edited", gettext("was changed")], ["after:", gettext("that day or later")], ["before:", gettext("earlier than that day")],
];
const OPERATOR = /^(from|in|mentions|has|is|before|after):(.*)$/i;
const FIXED = { has: [["link", gettext("a link")], ["code", gettext("code")]], is: [["edited", gettext("was changed")]] };
/** @type {[string, string, number][]} */
const DAYS = [[gettext("Today"), "today", 0], [gettext("Yesterday"), "yesterday", 1], [gettext("A week ago"), "7d", 7], [gettext("A month ago"), "30d", 30], [gettext("A year ago"), "1y", 365]];
const AT_MOST = 6;
const DAY = 86_400_000;

/** The word at or before the cursor, and its position. */
export function wordAt(text, cursor) {
  const start = text.slice(0, cursor).search(/[^\s"]*$/);
  const end = cursor + text.slice(cursor).search(/[\s"]|$/);
  return { word: text.slice(start, end), start, end };
}

/**
 * [{put, label, note}] for `completed`. `facts`: {rooms: [{slug, name}] with the current one first, people: [{handle, name}],
 * today: "2026-11-24", here: the slug of the room that is shown, or null}.
 */
export function suggestions(text, cursor, facts) {
  const [, operator, begun] = OPERATOR.exec(wordAt(text, cursor).word) ?? [];
  if (operator) return values(operator.toLowerCase(), begun.toLowerCase(), facts).slice(0, AT_MOST);
  const here = facts.here && !/(?:^|\s)in:/iu.test(text) ? [{ put: `in:${facts.here}`, label: gettext("In this room"), note: keyWords("searchHere").join(" ") }] : [];
  return [...here, ...OPERATORS.map(([put, note]) => ({ put, label: put, note }))];
}

/** The text with `put` in place of a word that it completes, else after the word; and the new cursor position. */
export function completed(text, cursor, put) {
  const { word, start, end } = wordAt(text, cursor);
  const replaces = OPERATOR.test(word) || put.startsWith(word.toLowerCase());
  const before = replaces ? text.slice(0, start) : `${text.slice(0, end)} `;
  const written = before + (put.endsWith(":") ? put : `${put} `);
  return { text: written + text.slice(end).trimStart(), cursor: written.length };
}

function values(operator, begun, { rooms, people, today }) {
  if (operator === "in") {
    const wanted = begun.replace(/^#/, "");
    return rooms.filter(({ slug, name }) => fits(wanted, slug, name)).map(({ slug, name }) => ({ put: `in:${slug}`, label: name, note: "" }));
  }
  if (operator === "from" || operator === "mentions") {
    const wanted = begun.replace(/^@/, "");
    return [{ handle: "me", name: gettext("me") }, ...people].filter(({ handle, name }) => fits(wanted, handle, name))
      .map(({ handle, name }) => ({ put: `${operator}:${handle}`, label: name, note: handle === "me" ? "" : `@${handle}` }));
  }
  if (FIXED[operator]) return FIXED[operator].filter(([value]) => value.startsWith(begun)).map(([value, label]) => ({ put: `${operator}:${value}`, label, note: "" }));
  return days(today).filter(({ put, day }) => put.startsWith(begun) || day.startsWith(begun)).map(({ put, day, label }) => ({ put: `${operator}:${put}`, label, note: day }));
}

function fits(begun, ...names) {
  const wanted = fold(begun);
  return names.map(fold).some((name) => name.split(/[\s\-_.]+/).some((part) => part.startsWith(wanted)) || name.startsWith(wanted));
}

function days(today) {
  const ago = (count) => new Date(Date.parse(today) - count * DAY).toISOString().slice(0, 10);
  return DAYS.map(([label, put, count]) => ({ label, put, day: ago(count) }));
}
