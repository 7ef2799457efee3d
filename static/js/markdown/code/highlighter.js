// Colours fenced code whose language is named, by nodes around its words and never by markup.

import { grammarOf, languageOf } from "./languages.js";

const LONGEST = 12_000;
const grammars = new Map();

/** Colour the code in `prose`; its text, and so its size, stays the same. */
export function colour(prose) {
  for (const code of prose.querySelectorAll("pre > code[class]")) {
    const language = languageOf(code.className);
    if (language && code.textContent.length <= LONGEST) code.replaceChildren(...pieces(code.textContent, language).map(drawn));
  }
}

/** All of the code as [[kind, text]]; kind: "comment", "text", "value", "word", "name", or "" without a colour. Pure. */
export function pieces(text, language) {
  if (!grammars.has(language)) grammars.set(language, grammarOf(language));
  const grammar = grammars.get(language);
  const found = [];
  let at = 0;
  for (const match of text.matchAll(grammar.pattern)) {
    const end = match.index + match[0].length;
    const kind = kindOf(match, text.slice(end, end + 2), grammar);
    if (!kind) continue;
    if (match.index > at) found.push(["", text.slice(at, match.index)]);
    found.push([kind, match[0]]);
    at = end;
  }
  return at < text.length ? [...found, ["", text.slice(at)]] : found;
}

function kindOf({ 0: piece, groups }, next, { words, values, keyed, caseless }) {
  const [kind] = Object.entries(groups).find(([, taken]) => taken !== undefined);
  if (kind === "text" && keyed && next.trimStart().startsWith(":")) return "name";
  if (kind !== "plain") return kind;
  const word = caseless ? piece.toLowerCase() : piece;
  if (words.has(word)) return "word";
  if (values.has(word)) return "value";
  return next.startsWith("(") || (keyed && /^ ?[:=]/.test(next)) ? "name" : null;
}

function drawn([kind, text]) {
  if (!kind) return text;
  const node = document.createElement("span");
  node.className = `code-${kind}`;
  node.textContent = text;
  return node;
}
