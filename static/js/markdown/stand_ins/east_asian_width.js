// Stands in for the library get-east-asian-width, by the page's import map: its tables are 5 kB, and of them only one question is
// asked, whether a character is one of Chinese, Japanese or Korean. Every browser has the answer built in.

const CJK = /[\p{scx=Han}\p{scx=Hiragana}\p{scx=Katakana}\p{scx=Hangul}\p{scx=Bopomofo}\u3000-\u303f\uff01-\uffdc\uffe0-\uffee]/u;
const QUOTATION_MARKS = new Set([0x2018, 0x2019, 0x201c, 0x201d]);
const VARIATIONS = /[\ufe00-\ufe0f\u{e0100}-\u{e01ef}]/u;

/** "wide" for CJK, "ambiguous" for what the neighbours decide, else "narrow". */
export function eastAsianWidthType(codePoint) {
  const character = String.fromCodePoint(codePoint);
  if (QUOTATION_MARKS.has(codePoint) || VARIATIONS.test(character)) return "ambiguous";
  return CJK.test(character) ? "wide" : "narrow";
}
