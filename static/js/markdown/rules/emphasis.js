// Where marks can begin and end emphasis: not within a word, as in "2**10" and "__init__.py", unless its script has no spaces.

import cjkFriendly from "markdown-it-cjk-friendly";

const ASCII_WORD = /^[A-Za-z0-9_]$/;
const WORD = /[\p{L}\p{N}_]/u;
const WITHOUT_SPACES = /[\p{scx=Han}\p{scx=Hiragana}\p{scx=Katakana}\p{scx=Hangul}\p{scx=Thai}\p{scx=Lao}\p{scx=Khmer}\p{scx=Myanmar}\p{scx=Tibetan}]/u;
const JOINS = /[.:/\\(-]/;

/** A markdown-it plugin; includes the one for emphasis beside CJK punctuation. */
export function chatEmphasis(markdown) {
  cjkFriendly(markdown);
  markdown.inline.State = class extends markdown.inline.State {
    scanDelims(start, canSplitWord) {
      const found = super.scanDelims(start, canSplitWord);
      if (!found.can_open && !found.can_close) return found;
      const end = start + found.length;
      const before = characterBefore(this.src, start);
      const after = characterAt(this.src, end);
      if (isWord(before) && isWord(after)) return { ...found, can_open: false, can_close: false };
      if (this.src[start] !== "_") return found;
      return {
        ...found,
        can_open: found.can_open && !(JOINS.test(before) && isWord(characterBefore(this.src, start - 1))),
        can_close: found.can_close && !(JOINS.test(after) && (after === "(" || isWord(characterAt(this.src, end + 1)))),
      };
    }
  };
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
