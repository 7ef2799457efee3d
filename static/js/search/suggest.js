// Suggestions that complete the word at the cursor to narrow a search. Pure.

import { gettext } from "../core/translate.js";

const OPERATORS = [["from:", gettext("by someone")], ["in:", gettext("in a room")], ["after:", gettext("that day or later")], ["before:", gettext("earlier than that day")]];
const OPERATOR = /^(from|in|before|after):(.*)$/i;
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
 * today: "2026-11-24"}.
 */
export function suggestions(text, cursor, facts) {
  const [, operator, begun] = OPERATOR.exec(wordAt(text, cursor).word) ?? [];
  if (operator) return values(operator.toLowerCase(), begun.toLowerCase(), facts).slice(0, AT_MOST);
  return OPERATORS.map(([put, note]) => ({ put, label: put, note }));
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
  if (operator === "from") {
    const wanted = begun.replace(/^@/, "");
    return people.filter(({ handle, name }) => fits(wanted, handle, name)).map(({ handle, name }) => ({ put: `from:${handle}`, label: name, note: `@${handle}` }));
  }
  return days(today).filter(({ day }) => day.startsWith(begun)).map(({ day, label }) => ({ put: `${operator}:${day}`, label, note: day }));
}

function fits(begun, ...names) {
  return names.some((name) => name.toLowerCase().split(/[\s\-_.]+/).some((part) => part.startsWith(begun)) || name.toLowerCase().startsWith(begun));
}

function days(today) {
  const ago = (count) => new Date(Date.parse(today) - count * DAY).toISOString().slice(0, 10);
  return [[gettext("Today"), 0], [gettext("Yesterday"), 1], [gettext("A week ago"), 7], [gettext("A month ago"), 30], [gettext("A year ago"), 365]]
    .map(([label, count]) => ({ label, day: ago(count) }));
}
