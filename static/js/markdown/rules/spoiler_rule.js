// Spoilers: `||text||`, between bars that touch the text and are not within a word. "a || b" is none.

import { characterAt, characterBefore, isWord } from "./emphasis.js";

/** A markdown-it plugin: emits tokens of the types "spoiler_open" and "spoiler_close". */
export function spoilerRule(markdown) {
  markdown.inline.ruler.push("spoiler", (state, silent) => {
    const { src, pos, posMax } = state;
    if (!src.startsWith("||", pos)) return false;
    const end = opens(src, pos) ? closing(src, pos + 3, posMax) : -1;
    if (end < 0) return false;
    if (!silent) spoiler(state, pos + 2, end);
    state.pos = end + 2;
    state.posMax = posMax;
    return true;
  });
}

function opens(src, pos) {
  return src[pos - 1] !== "|" && !isWord(characterBefore(src, pos)) && /[^\s|]/.test(src[pos + 2] ?? "");
}

function closing(src, from, max) {
  for (let end = src.indexOf("||", from); end > 0 && end + 2 <= max; end = src.indexOf("||", end + 1)) {
    if (/[^\s|]/.test(src[end - 1]) && src[end + 2] !== "|" && !isWord(characterAt(src, end + 2))) return end;
  }
  return -1;
}

function spoiler(state, start, end) {
  state.pos = start;
  state.posMax = end;
  state.push("spoiler_open", "span", 1);
  state.md.inline.tokenize(state);
  state.push("spoiler_close", "span", -1);
}
