// Stands in for the library uc.micro, by the page's import map: which characters are punctuation, signs and spaces. Browsers
// have these tables built in; only for linkify-it, whose expressions do not know them, one of them is written down, in short.

export const Any = /[\0-\ud7ff\ue000-\uffff]|[\ud800-\udbff][\udc00-\udfff]|[\ud800-\udbff](?![\udc00-\udfff])|(?:[^\ud800-\udbff]|^)[\udc00-\udfff]/;
// eslint-disable-next-line no-control-regex -- these are what is meant
export const Cc = /[\0-\x1f\x7f-\x9f]/;
export const Z = /[ \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]/;
export const S = /\p{S}/u;

// All punctuation up to U+FFFF: how far each run lies behind the last one, and how many more characters it has; to the base of 36.
const PUNCTUATION = `
x+2 2+5 2+3 b+1 4+1 r+2 2 s 2 10 6 4 b+1 4 4 jj 9 cz+5 16+1 1g 2 3 3 19+1 l+1 2+1 e 2+2 23+3 2v 18+d 6i+2 1j+e w 7a+1 b 3x 3d
3e av d a8 2j b+1 4p+e 2 12+3 20 23+4 5+1 34+5 4s h1+8 48 ha 19+1 27+2 20+1 4e+2 2+2 12+a 8q+1 61+1 3l+6 2+5 4h+1 b+6 t+2 3h+3
1o+4 1r+1 1t+7 c n1+n 9+j 2+c 2+b v+1 f+1 hm+3 u+1 u6+d 28+1 w+9 b8+l 1s+3 x+1 l8+3 2+1 35 40+1a 2+v 3+b bo+2 5+9 3+b h d 2r 2j
mwz+1 7i+2 2s b 38+5 al+3 2f+1 15+2 2 1e+1 1c 2q+c h+1 3h+3 3j+1 h+1 6y g2b+1 5t+9 n+y 2+d 2 5 2+1 46+2 2+5 2+3 b+1 4+1 r+2 2 s
2 2+6`;

/** markdown-it asks `test`; linkify-it builds on `source`. */
export const P = { test: (character) => /\p{P}/u.test(character), source: `[${ranges(PUNCTUATION)}]` };

/** "\u0021-\u0023\u0025-…", as it is written between brackets. */
function ranges(runs) {
  let code = 0;
  const reach = (distance) => {
    code += parseInt(distance, 36);
    return `\\u${code.toString(16).padStart(4, "0")}`;
  };
  return runs.trim().split(/\s/).map((run) => run.split("+").map(reach).join("-")).join("");
}
