// Where marks can begin and end emphasis: not within a word, as in "2**10" and "__init__.py", unless its script has no spaces; nor
// in globs, regular expressions, paths and faces. What is between a pair decides as well: emphasis_content.js.

import cjkFriendly from "markdown-it-cjk-friendly";
import { chatEmphasisContent } from "./emphasis_content.js";

const ASCII_WORD = /^[A-Za-z0-9_]$/;
const WORD = /[\p{L}\p{N}_]/u;
const WITHOUT_SPACES = /[\p{scx=Han}\p{scx=Hiragana}\p{scx=Katakana}\p{scx=Hangul}\p{scx=Thai}\p{scx=Lao}\p{scx=Khmer}\p{scx=Myanmar}\p{scx=Tibetan}]/u;
const JOINS = /[.:/\\(=-]/;
const SYMBOL = /[\p{P}\p{S}]/u;
// Behind these no mark begins anything: "%_x_%". Behind those of "a[i]*b[j]*c" and ">_<" no single one does.
const NO_OPENING_AFTER = /[\\%$&^@]/;
const NO_SINGLE_AFTER = /[)\]}=<>#+]/;
const NO_OPENING_BEFORE = /[;,:)\]}>=/\\%^]/;      // "for f in *; do", "*/5"
// Between two symbols a single mark begins emphasis only before these: "(*^▽^*)" is a face, and "(*\"so\"*)" is not.
const BEGINS_TEXT = /[\p{Ps}\p{Pi}\p{Sc}"'@＠#&+¿¡*_~`|-]/u;
const AROUND_A_SIGN = new Set(["()", ")(", "](", "[]", "{}", "<>", "“”", "„“", "‘’", "«»", "「」"]);
const NAME = "__[A-Za-z][A-Za-z0-9_]{0,56}?";      // "__name__" and "__FILE__"
const BEGINS_NAME = new RegExp(`${NAME}__(?![A-Za-z0-9_])`, "y");
const ENDS_NAME = new RegExp(`(?:^|[^A-Za-z0-9_])${NAME}$`);
const LONGEST_NAME = 60;

/** A markdown-it plugin; includes the one for emphasis beside CJK punctuation. */
export function chatEmphasis(markdown) {
  cjkFriendly(markdown);
  markdown.inline.State = class extends markdown.inline.State {
    scanDelims(start, canSplitWord) {
      const found = super.scanDelims(start, canSplitWord);
      if (!found.can_open && !found.can_close) return found;
      const { src } = this;
      const end = start + found.length;
      if ((isWordBefore(src, start) && isWordAfter(src, end)) || isSign(src, start, end)) return { ...found, can_open: false, can_close: false };
      const opens = found.can_open && canOpen(src, start, end);
      return src[start] === "_" ? underscores(src, start, end, { ...found, can_open: opens }) : { ...found, can_open: opens };
    }
  };
  chatEmphasisContent(markdown);
}

/** A sign alone, as in "(*)", "'*'" and "~*~". */
function isSign(text, start, end) {
  const before = characterBefore(text, start);
  const after = characterAt(text, end);
  return AROUND_A_SIGN.has(before + after) || (before === after && SYMBOL.test(before) && !/[*_]/.test(before));
}

function canOpen(text, start, end) {
  const before = characterBefore(text, start);
  const after = characterAt(text, end);
  if (NO_OPENING_AFTER.test(before) || NO_OPENING_BEFORE.test(after)) return false;
  if (before === "/" && (end - start > 1 ? !text.slice(0, start - 1).trim() : text[start - 2] !== text[start])) return false;      // "/*x*/"
  if (end - start > 1) return true;
  if (NO_SINGLE_AFTER.test(before) || (after === "." && text[end + 1] !== ".")) return false;      // "*.tar.*"
  return !SYMBOL.test(before) || !SYMBOL.test(after) || BEGINS_TEXT.test(after);
}

function underscores(text, start, end, found) {
  const before = characterBefore(text, start);
  const after = characterAt(text, end);
  const joins = JOINS.test(after) && /[\p{L}\p{N}_(*+?]/u.test(after === "(" ? after : characterAt(text, end + 1));
  BEGINS_NAME.lastIndex = start;
  return {
    ...found,
    can_open: found.can_open && !(JOINS.test(before) && isWord(characterBefore(text, start - 1))) && !BEGINS_NAME.test(text),
    can_close: found.can_close && !joins && !(end - start === 2 && ENDS_NAME.test(text.slice(Math.max(0, start - LONGEST_NAME), start))),
  };
}

/** "_" is no part of a word where it is a mark, too: "_**so**_". */
function isWordBefore(text, at) {
  let start = at;
  while (text[start - 1] === "_") start -= 1;
  return isWord(characterBefore(text, start));
}

function isWordAfter(text, at) {
  let end = at;
  while (text[end] === "_") end += 1;
  return isWord(characterAt(text, end));
}

/** Whether this character makes a mark beside it part of a word. */
export function isWord(character) {
  return character < "\u0080" ? ASCII_WORD.test(character) : WORD.test(character) && !WITHOUT_SPACES.test(character);
}

export function characterBefore(text, at) {
  const last = text.charCodeAt(at - 1);
  return last >= 0xdc00 && last <= 0xdfff ? text.slice(at - 2, at) : text.slice(Math.max(0, at - 1), at);
}

export function characterAt(text, at) {
  return at < text.length ? String.fromCodePoint(text.codePointAt(at)) : "";
}
