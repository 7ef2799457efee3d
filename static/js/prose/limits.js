// What a text may cost. Markdown of a reasonable text takes a millisecond; texts made to be dear are shown as they were
// typed instead. Pure.

const LONGEST = 16_000;        // characters; twice what a message may have unless somebody set it higher
const MOST_LINES = 400;        // outside of fenced code, whose lines cost nothing
const MOST_BLOCKS = 150;       // paragraphs, items, quotes and fences
const MOST_MARKS = 600;        // characters that begin or end emphasis, code, links or names
const MOST_LINKS = 200;        // finding them is the dearest part: beyond this they stay text
const MARKS_ON_A_LETTER = 4;   // as many as any script needs

// Only what is fenced beyond doubt: one that stands in a list would end with its item.
// The whole run of marks or nothing: else 8,000 of them that no line ends were tried at each length.
const FENCED = /^(`{3,}(?!`)|~{3,}(?!~))[^\n`]*\n[\s\S]*?(?:^ {0,3}\1[`~]*[ \t]*$|$(?![\s\S]))/gmu;
const BLOCK = /^[ \t]*(?:[-*+>]|\d{1,9}[.)]|`{3}|~{3})|\n[ \t]*\n/gmu;
const HEAPED = new RegExp(`(\\p{M}{${MARKS_ON_A_LETTER}})[\\p{M}\\u200d]+`, "gu");

/** Whether this text is better shown as it is. */
export function isTooDear(text) {
  if (text.length > LONGEST) return true;
  const prose = text.replace(FENCED, "```");
  return count(prose, /\n/gu) > MOST_LINES || count(prose, BLOCK) > MOST_BLOCKS || count(prose, /[*_~`[\]<>@]/gu) > MOST_MARKS;
}

export function hasTooManyLinks(text) {
  return count(text, /:\/\/|www\.|[^\s.]\.[^\s.]/gu) > MOST_LINKS;
}

/** Heaps of accents reach over other people's messages: a letter keeps a few of them. */
export function withoutHeaps(text) {
  return text.replace(HEAPED, "$1");
}

function count(text, pattern) {
  return text.match(pattern)?.length ?? 0;
}
