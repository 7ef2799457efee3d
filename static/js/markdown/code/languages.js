// How each language is split for colouring: comments, strings, numbers and keywords. Enough to read twenty lines of it; not a
// grammar.

const C = String.raw`\/\/[^\n]*|\/\*[^]*?(?:\*\/|$)`;
const HASH = String.raw`#[^\n]*`;
const QUOTES = String.raw`"(?:\\[^]|[^"\\\n])*"?|'(?:\\[^]|[^'\\\n])*'?`;
const BACKTICK = "`(?:\\\\[^]|[^`\\\\])*`?";
const TRIPLE = String.raw`"""[^]*?(?:"""|$)|'''[^]*?(?:'''|$)`;
const NAME = String.raw`[\p{L}_$@][\p{L}\p{N}_$-]*`;
const LITERALS = "true false null";
const C_WORDS = "auto break case char const continue default do double else enum extern float for goto if inline int long register return short signed sizeof static struct switch typedef union unsigned void volatile while";
const CLASS_WORDS = "abstract async await break case catch class const continue default do else enum extends final finally for if implements import in instanceof interface is let namespace new operator override package private protected public return static super switch this throw throws try type typeof using var void while yield";
const JS_WORDS = `${CLASS_WORDS} as debugger delete export from function get of set`;

const LANGUAGES = {
  bash: [HASH, QUOTES, "case do done echo elif else esac exit export fi for function if in local read return set shift source then until while"],
  c: [C, QUOTES, C_WORDS, "NULL true false"],
  cpp: [C, QUOTES, `${C_WORDS} bool catch class constexpr delete explicit export friend mutable namespace new noexcept operator override private protected public template this throw try typename using virtual`, "nullptr true false"],
  csharp: [C, QUOTES, `${CLASS_WORDS} base bool decimal delegate double event foreach get int internal lock long object out params readonly ref sealed set string struct virtual where`, LITERALS],
  css: [String.raw`\/\*[^]*?(?:\*\/|$)`, QUOTES, "@media @import @supports @keyframes @font-face @layer important"],
  dockerfile: [HASH, QUOTES, "ADD ARG CMD COPY ENTRYPOINT ENV EXPOSE FROM HEALTHCHECK LABEL RUN SHELL USER VOLUME WORKDIR AS"],
  go: [C, `${QUOTES}|${BACKTICK}`, "break case chan const continue default defer else fallthrough for func go goto if import interface map package range return select struct switch type var", "nil true false iota"],
  ini: [String.raw`[;#][^\n]*`, QUOTES, "", "true false yes no on off"],
  java: [C, `${TRIPLE}|${QUOTES}`, `${CLASS_WORDS} assert boolean byte char double float int long native record sealed short synchronized transient volatile`, LITERALS],
  javascript: [C, `${QUOTES}|${BACKTICK}`, JS_WORDS, `${LITERALS} undefined NaN Infinity`],
  json: ["(?!)", QUOTES, "", LITERALS],
  kotlin: [C, `${TRIPLE}|${QUOTES}`, `${CLASS_WORDS} as by companion constructor data fun init internal lateinit object open out sealed suspend val when where`, LITERALS],
  lua: [String.raw`--\[\[[^]*?(?:\]\]|$)|--[^\n]*`, QUOTES, "and break do else elseif end for function goto if in local not or repeat return then until while", "nil true false"],
  makefile: [HASH, QUOTES, "define else endef endif export ifdef ifeq ifndef ifneq include override"],
  php: [`${C}|${HASH}`, QUOTES, `${CLASS_WORDS} and array as clone declare echo elseif endif endforeach fn foreach function global include include_once match or print require require_once trait unset use xor`, LITERALS],
  python: [HASH, `${TRIPLE}|${QUOTES}`, "and as assert async await break case class continue def del elif else except finally for from global if import in is lambda match nonlocal not or pass raise return try while with yield", "None True False"],
  ruby: [HASH, QUOTES, "alias and begin break case class def defined? do else elsif end ensure for if in module next not or redo rescue retry return self super then undef unless until when while yield", "nil true false"],
  rust: [C, String.raw`"(?:\\[^]|[^"\\])*"?|'(?:\\.|[^'\\\n])'`, "as async await break const continue crate dyn else enum extern fn for if impl in let loop match mod move mut pub ref return self static struct super trait type unsafe use where while", "true false None Some Ok Err"],
  sql: [String.raw`--[^\n]*|\/\*[^]*?(?:\*\/|$)`, QUOTES, "add all alter and as asc begin between by case cascade check commit create cross delete desc distinct drop else end exists foreign from full group having in index inner insert into is join key left like limit not offset on or order outer primary references returning right rollback select set table then union unique update using values view when where with", LITERALS],
  swift: [C, `${TRIPLE}|${QUOTES}`, "as associatedtype break case catch class continue default defer deinit do else enum extension fileprivate for func guard if import in init inout internal is let mutating open operator private protocol public repeat rethrows return self static struct subscript super switch throw throws try typealias var where while", "nil true false"],
  typescript: [C, `${QUOTES}|${BACKTICK}`, `${JS_WORDS} any asserts boolean declare infer keyof module never number object readonly satisfies string symbol unknown`, `${LITERALS} undefined NaN Infinity`],
  yaml: [HASH, QUOTES, "", `${LITERALS} yes no on off`],
};
// Languages that are split line by line, or between brackets.
const OTHERS = {
  diff: /(?<comment>^(?:@@|diff |index |--- |\+\+\+ )[^\n]*)|(?<text>^\+[^\n]*)|(?<value>^-[^\n]*)/gm,
  markdown: /(?<word>^#{1,6} [^\n]*)|(?<comment>^>[^\n]*)|(?<text>`[^`\n]*`)|(?<name>^ *(?:[-*+]|\d+\.) )/gm,
  xml: /(?<comment><!--[^]*?(?:-->|$))|(?<word><\/?[\w:!?-]+|\/?>)|(?<text>"[^"<]*"|'[^'<]*')|(?<name>\b[\w:-]+(?==))|(?<plain>[\w:-]+)/g,
};
const ALIASES = `bash sh shell zsh console;c h;cpp c++ cc hpp;csharp cs c#;css;diff patch;dockerfile docker;go golang;ini toml conf;java;
javascript js jsx mjs;json jsonc;kotlin kt;lua;makefile make;markdown md;php;python py;ruby rb;rust rs;sql;swift;typescript ts tsx;xml html svg;yaml yml`;
const NAMES = new Map(ALIASES.split(/;\s*/).flatMap((names) => names.split(" ").map((name) => [name, names.split(" ")[0]])));
// In these a name before a colon or an equals sign is what the line is about.
const KEYED = new Set(["css", "ini", "json", "makefile", "yaml"]);
const CASELESS = new Set(["sql"]);

/** "language-py" → "python"; null where we know none. */
export function languageOf(className) {
  return NAMES.get(className.replace(/^language-/, "").toLowerCase()) ?? null;
}

/**
 * {pattern, words, values, keyed, caseless}: `pattern` finds every piece, by the name of its group; what it calls `plain` is
 * a name, which may be one of the language's own words. Each alternative takes all it looked at: no text costs more than its length.
 */
export function grammarOf(language) {
  if (OTHERS[language]) return { pattern: OTHERS[language], words: new Set(), values: new Set() };
  const [comment, text, words, values = ""] = LANGUAGES[language];
  return {
    pattern: new RegExp(`(?<comment>${comment})|(?<text>${text})|(?<value>\\b\\d[\\w.]*)|(?<plain>${NAME})`, "gu"),
    words: new Set(words.split(" ")), values: new Set(values.split(" ")), keyed: KEYED.has(language), caseless: CASELESS.has(language),
  };
}
