// Mentions in a text: `@handle`, `@room`. The same rule as on the server (chat/domain/mentions.py): a Latin letter, a digit or "_"
// beside one prevents it, as in an address (but not both marks of "_@ada_"), and so do a path, an escape and a quotation. The
// members of the room decide whether the handle exists.

const BEGINS = /(?<![A-Za-z0-9_@＠\\])(?<![A-Za-z0-9_.~-]\/)|(?<=_)(?<![A-Za-z0-9_]_)(?=[@＠][A-Za-z0-9._-]{1,40}_(?![A-Za-z0-9_@＠]))/uy;
const NAME = /[@＠][A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?(?!_*[A-Za-z0-9@＠])/uy;
const MOST = 50;      // in one message; the server notifies at most 20 people
const LONGEST_HANDLE = 30;

/** A markdown-it rule: emits tokens of the type "mention" with the content "@name". */
export function mentionRule(markdown) {
  markdown.inline.ruler.push("mention", (state, silent) => {
    const { src, pos, env } = state;
    if (!/[@＠]/.test(src[pos]) || state.linkLevel > 0 || env.quoted) return false;
    BEGINS.lastIndex = NAME.lastIndex = pos;
    if (!BEGINS.test(src)) return false;
    const found = NAME.exec(src)?.[0];
    if (!found || (env.named ??= 0) >= MOST) return false;
    if (!silent) {
      state.push("mention", "", 0).content = found;
      env.named += 1;
    }
    state.pos += found.length;
    return true;
  });
}

/**
 * The handles that "al.so" can mean: "al.so", or "al" at the end of a sentence. Longest first. Pure.
 * Cut first: joining all prefixes takes quadratic time, half a second for every reader of one message of "a.a.a.".
 */
export function spellings(name) {
  const parts = name.slice(0, LONGEST_HANDLE + 1).toLowerCase().split(/([._-]+)/u);
  const spelt = parts.map((_, end) => parts.slice(0, end + 1).join(""));
  return spelt.reverse().filter((each) => each && !/[._-]$/u.test(each) && each.length <= LONGEST_HANDLE);
}
