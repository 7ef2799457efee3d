// Marks are emphasis only if there is something to emphasize between them: "*.*", "(*´∀`*)" and "_(:з」∠)_" stay as they were typed.

const MARKS = /^[*_~|]+|[*_~|]+$/g;
const LETTER = /[\p{Lu}\p{Ll}\p{Lt}\p{Lo}\p{N}\p{Emoji_Presentation}\ufe0f]/u;
const SAYS = /[\p{L}\p{N}\p{Emoji_Presentation}\ufe0f]/u;
// Faces have single letters among symbols, and modifiers (U+FF9F).
const WORD = /[\p{Lu}\p{Ll}\p{Lt}\p{Lo}\p{N}]\p{M}*[\p{Lu}\p{Ll}\p{Lt}\p{Lo}\p{N}]|[\p{sc=Han}\p{Emoji_Presentation}\ufe0f]/u;
const SAYS_BOLDLY = /[\p{L}\p{N}\p{Emoji_Presentation}\ufe0f!?]/u;
const GLOB = /^[-.](?![-.]).*(?<![-.])[-.]$/su;              // "*-linux-*"
const DECLARATION = /^\([^()]*$|^[^()]*\)[^()]*\([^()]*$/u;      // "(*f)(int*)"

/** A markdown-it plugin. */
export function chatEmphasisContent(markdown) {
  markdown.inline.ruler2.after("balance_pairs", "emphasis_content", ({ tokens, delimiters, tokens_meta: nested }) => {
    for (const each of [delimiters, ...nested.map((meta) => meta?.delimiters)]) if (each) separate(each, tokens);
  });
}

/** Separates the pairs that emphasize nothing. */
function separate(delimiters, tokens) {
  for (const opener of delimiters) {
    if (opener.end < 0) continue;
    const closer = delimiters[opener.end];
    const inner = tokens.slice(opener.token + 1, closer.token);
    const isExpression = opener.length === 1 && /(?:^|[^.])\.$/.test(tokens[opener.token - 1]?.content) && inner.at(-1)?.content.endsWith(".");
    if (isExpression || (inner.every(({ type }) => type === "text") && !isEmphasized(inner.map(({ content }) => content).join(""), opener.length !== 1))) opener.end = -1;
  }
}

function isEmphasized(content, isBold) {
  const text = content.replace(MARKS, "").trim();
  if (isBold) return SAYS_BOLDLY.test(text);
  if (!SAYS.test(text) || GLOB.test(text) || DECLARATION.test(text)) return false;
  const [first] = text;
  return LETTER.test(first) || LETTER.test([...text.slice(-2)].at(-1)) || WORD.test(text);
}
