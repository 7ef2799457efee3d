// How a line is parsed in a chat: marks without effect stay as they were typed.

import { originalRule } from "./original_rule.js";

const TEXT = /[^\n!#$%&*+\-:<=>@[\\\]^_`{|}~＠]+/uy;
// Escaped on both sides, as "\*so\*"; a backslash anywhere else belongs to a path, an arm or an expression.
const ESCAPED = /\\([*_~`|]{1,3})(?![\s\\])[^\n\\]{1,500}(?<!\s)\\\1(?=$|[\s,;:!?)]|\.(?:\s|$))/uy;
const BEFORE_ESCAPE = /(?:^|[\s(])$/;

/** Replace markdown-it's rules by ours. */
export function chatInline(markdown) {
  const { ruler } = markdown.inline;
  ruler.at("text", text);
  ruler.at("newline", newline);
  ruler.at("escape", escape);
  ruler.at("backticks", code(originalRule(ruler, "backticks")));
  ruler.disable("entity");
}

function text(state, silent) {
  TEXT.lastIndex = state.pos;
  const found = TEXT.exec(state.src)?.[0].slice(0, state.posMax - state.pos);
  if (!found) return false;
  if (!silent) state.pending += found;
  state.pos += found.length;
  return true;
}

/** A line end is always a line break, and spaces after it stay. */
function newline(state, silent) {
  if (state.src[state.pos] !== "\n") return false;
  if (!silent) state.push("softbreak", "br", 0);
  state.pos += 1;
  return true;
}

/** Shows the backslash and disables the mark after it; it is removed only if both ends of a text are escaped. */
function escape(state, silent) {
  const { src, pos, posMax } = state;
  if (src[pos] !== "\\") return false;
  ESCAPED.lastIndex = pos;
  const pair = BEFORE_ESCAPE.test(src.slice(Math.max(0, pos - 1), pos)) && ESCAPED.exec(src.slice(0, posMax));
  if (pair) return literal(state, silent, pair[0].replaceAll("\\", ""), pair[0].length);
  const next = src[pos + 1];
  return literal(state, silent, /[*_~`|[\]<@＠]/.test(next ?? "") && pos + 1 < posMax ? `\\${next}` : "\\");
}

/** Code between backticks keeps its line ends; without content, it is no code. */
function code(original) {
  return (state, silent) => {
    const start = state.pos;
    const count = state.tokens.length;
    if (!original(state, silent)) return false;
    const token = state.tokens.at(-1);
    if (silent || state.tokens.length === count || token.type !== "code_inline") return true;
    const typed = state.src.slice(start + token.markup.length, state.pos - token.markup.length);
    if (!typed.trim()) Object.assign(token, { type: "text_special", tag: "", content: state.src.slice(start, state.pos) });
    else if (typed.includes("\n")) token.content = typed.replace(/^[ \t]*\n|\n[ \t]*$/g, "");
    return true;
  };
}

function literal(state, silent, shown, length = shown.length) {
  if (!silent) state.push("text_special", "", 0).content = shown;
  state.pos += length;
  return true;
}
