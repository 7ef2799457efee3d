// Where a text names somebody: `@handle`, `@room`. The same rule as the server's (chat/mentions.py): not within an
// address, a path or a word, and not where the sign was escaped. Whether anybody is called so, the room's members tell.

const NAME = /@[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?(?!_*[\p{L}\p{N}@])/uy;
const MOST = 50;      // in one message; the server tells no more than 20 people
const LONGEST_HANDLE = 30;
const WITHIN = /[\p{L}\p{N}@\\/.+-]$/u;

/** A rule of markdown-it: makes tokens of the type "mention", whose content is "@name". */
export function mentionRule(markdown) {
  markdown.inline.ruler.push("mention", (state, silent) => {
    if (state.src[state.pos] !== "@" || state.linkLevel > 0 || WITHIN.test(state.src.slice(Math.max(0, state.pos - 2), state.pos))) return false;
    NAME.lastIndex = state.pos;
    const found = NAME.exec(state.src)?.[0];
    if (!found || (state.env.named ??= 0) >= MOST) return false;
    if (!silent) {
      state.push("mention", "", 0).content = found;
      state.env.named += 1;
    }
    state.pos += found.length;
    return true;
  });
}

/**
 * How "al.so" may be meant: "al.so", or "al" where a sentence ended. The longest first. Pure.
 * Cut first: joining all beginnings takes quadratic time, and half a second of everybody's for one message of "a.a.a.".
 */
export function spellings(name) {
  const parts = name.slice(0, LONGEST_HANDLE + 1).toLowerCase().split(/([._-]+)/u);
  const spelt = parts.map((_, end) => parts.slice(0, end + 1).join(""));
  return spelt.reverse().filter((each) => each && !/[._-]$/u.test(each) && each.length <= LONGEST_HANDLE);
}
