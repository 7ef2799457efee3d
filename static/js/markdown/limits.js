// Limits on what a text can cost. Markdown of a reasonable text takes a millisecond; texts written to be expensive are shown as
// they were typed. Pure.

const LONGEST = 16_000;        // characters; twice the default limit of a message
const MOST_LINES = 400;        // outside of fenced code, whose lines cost nothing
const MOST_BLOCKS = 150;       // paragraphs, items, quotes, fences and cells
const DEEPEST = 40;            // markdown-it drops what is nested deeper than 100
const MOST_MARKS = 600;        // characters that begin or end emphasis, code, links, names or spoilers
const MOST_LINKS = 200;        // finding them is the most expensive part: beyond this they stay text
const MARKS_ON_A_LETTER = 4;   // as many as any script needs

const BLOCKS = new Set(["paragraph_open", "heading_open", "list_item_open", "blockquote_open", "fence", "th_open", "td_open"]);
const HEAPED = new RegExp(`(\\p{M}{${MARKS_ON_A_LETTER}})[\\p{M}\\u200d]+`, "gu");

/** Whether a text is too long to be parsed as Markdown. */
export function isTooLong(text) {
  return text.length > LONGEST;
}

/** Whether these blocks are shown as they were typed; checked before their lines are parsed. */
export function isTooDear(tokens) {
  let lines = 0;
  let blocks = 0;
  let marks = 0;
  for (const { type, content, hidden, level } of tokens) {
    if (level > DEEPEST) return true;
    if (BLOCKS.has(type) && !hidden) blocks += 1;
    if (type !== "inline") continue;
    lines += count(content, /\n/gu) + 1;
    marks += count(content, /[*_~`[\]<>@＠|#]/gu);
  }
  return lines > MOST_LINES || blocks > MOST_BLOCKS || marks > MOST_MARKS;
}

export function hasTooManyLinks(text) {
  return count(text, /:\/\/|www\.|[^\s.]\.[^\s.]/gu) > MOST_LINKS;
}

/** Stacked accents would cover other people's messages: a letter keeps a few of them. */
export function limitAccents(text) {
  return text.replace(HEAPED, "$1");
}

function count(text, pattern) {
  return text.match(pattern)?.length ?? 0;
}
