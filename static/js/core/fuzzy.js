// Finds names by a few of their letters. Pure.

// Small letters without diacritics, and plain ones for letters that no normal form takes apart, as on the server
// (chat/domain/letters.py). The cases: tests/rules/letters.json.
/** @type {Record<string, string>} */
const PLAIN = {
  ł: "l", ø: "o", đ: "d", ð: "d", þ: "th", ħ: "h", ŧ: "t", ı: "i", ȷ: "j", ĸ: "k", ŋ: "n", æ: "ae", œ: "oe", ß: "ss", ς: "σ", ə: "e", ɛ: "e", ɔ: "o",
  ƀ: "b", ɓ: "b", ƈ: "c", ɖ: "d", ɗ: "d", ǥ: "g", ɠ: "g", ɨ: "i", ƙ: "k", ɲ: "n", ʉ: "u", ƴ: "y", ƶ: "z",
};
const HAS_PLAIN = new RegExp(`[${Object.keys(PLAIN).join("")}]`, "gu");
const NOT_SEEN = /[\p{M}\u0640\u00ad\u200b\u200e\u200f\u2060\ufeff]/gu;

/** @param {string} text */
export function fold(text) {
  return text.normalize("NFKD").replace(NOT_SEEN, "").toLowerCase().replace(NOT_SEEN, "").replace(HAS_PLAIN, (letter) => PLAIN[letter]).trim();
}

/**
 * How well a name matches what was typed: {score, at: indexes of the matching letters}, lower is better; null if it does not.
 * @param {string} typed
 * @param {string} name
 */
export function fit(typed, name) {
  const wanted = fold(typed).replace(/\s+/gu, "");
  if (!wanted) return { score: 0, at: [] };
  const letters = lettersOf(name);
  return atOnce(wanted, letters) ?? scattered(wanted, letters);
}

/** A name as runs of matching and other letters: [[text, fits], ...]. @param {string} name @param {number[]} at */
export function runs(name, at) {
  const marked = new Set(at);
  /** @type {[string, boolean][]} */
  const found = [];
  [...name].forEach((letter, index) => {
    const fits = marked.has(index);
    const last = found.at(-1);
    if (last?.[1] === fits) last[0] += letter;
    else found.push([letter, fits]);
  });
  return found;
}

// Each with its index in the name: folding can turn one letter into several, and a diacritic or space into none.
/** @param {string} name */
function lettersOf(name) {
  return [...name].flatMap((letter, index, all) => {
    const first = index === 0 || /[^\p{L}\p{N}\p{M}]/u.test(all[index - 1]);
    return [...fold(letter)].map((part) => ({ part, index, first }));
  });
}

/** @param {string} wanted @param {{part: string, index: number, first: boolean}[]} letters */
function atOnce(wanted, letters) {
  const text = letters.map(({ part }) => part).join("");
  let found = null;
  for (let start = text.indexOf(wanted); start >= 0; start = text.indexOf(wanted, start + 1)) {
    const score = start === 0 ? 0 : letters[start].first ? 1 : 2;
    if (found === null || score < found.score) found = { score, start };
  }
  if (!found) return null;
  const at = letters.slice(found.start, found.start + wanted.length).map(({ index }) => index);
  return { score: found.score + text.length / 1000, at };
}

/** @param {string} wanted @param {{part: string, index: number, first: boolean}[]} letters */
function scattered(wanted, letters) {
  const at = [];
  let gaps = 0;
  let next = 0;
  for (const part of wanted) {
    const place = letters.findIndex((letter, index) => index >= next && letter.part === part);
    if (place < 0) return null;
    gaps += place - next;
    next = place + 1;
    at.push(letters[place].index);
  }
  return { score: 3 + gaps / 100 + letters.length / 1000, at };
}
