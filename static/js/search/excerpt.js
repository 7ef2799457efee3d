// The part of a message in which something was found: the words as they are shown, cut between graphemes. Pure.

import { borderBefore, shownLine } from "../markdown/one_line.js";
import { characterAt, characterBefore, isWord } from "../markdown/rules/emphasis.js";

const LONGEST = 240;      // UTF-16 units
const BEFORE = 60;        // of these, in front of the first place
const CUT = "…";

/** The line in pieces: every second one is at one of `places(line)` → [[start, end], ...], in order. */
export function excerpt(text, places) {
  const line = shownLine(text);
  const found = places(line);
  const [from, to] = windowOf(line, found[0]?.[0] ?? 0);
  const pieces = [from ? CUT : ""];
  let at = from;
  for (const [start, end] of found) {
    if (start < at || end > to) continue;
    pieces[pieces.length - 1] += line.slice(at, start);
    pieces.push(line.slice(start, end), "");
    at = end;
  }
  pieces[pieces.length - 1] += line.slice(at, to) + (to < line.length ? CUT : "");
  return pieces;
}

/** Where a line has one of these texts as whole words. Marks such as "**" between the words of a phrase are not shown. */
export function placesOf(texts) {
  const patterns = texts.map((text) => text.match(/[\p{L}\p{N}\p{M}\u00ad\u200b\u200e\u200f\u2060]+|\p{S}/gu)?.map(escaped).join("[^\\p{L}\\p{N}]{0,12}?")).filter(Boolean);
  if (!patterns.length) return () => [];
  const pattern = new RegExp(patterns.sort((one, other) => other.length - one.length).join("|"), "gu");
  return (line) => [...line.matchAll(pattern)].map((found) => [found.index, found.index + found[0].length]).filter(([start, end]) => isWhole(line, start, end));
}

function isWhole(line, start, end) {
  return !(isWord(characterBefore(line, start)) && isWord(characterAt(line, start))) && !(isWord(characterBefore(line, end)) && isWord(characterAt(line, end)));
}

/** A little of what comes before, from the beginning of a word on; all of it where that is not much more. */
function windowOf(line, first) {
  if (line.length <= LONGEST) return [0, line.length];
  let start = borderBefore(line, Math.min(first - BEFORE, line.length - LONGEST));
  const space = start ? line.slice(start, first).indexOf(" ") : -1;
  if (space >= 0) start += space + 1;
  return [start, borderBefore(line, start + LONGEST)];
}

function escaped(text) {
  return text.replace(/[$^+|]/gu, "\\$&");
}
