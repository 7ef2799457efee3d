// Stands in for the library of this name, by the page's import map: its table of 2,231 names would be a tenth
// of everything that the page loads, and every browser has the same table built in.

const LONGEST = 40;     // the longest name has 33 letters
const MOST = 4000;
const known = new Map();
const reader = new DOMParser();

/** "&amp;" → "&"; a text that names no character is returned as it is. */
export function decodeHTMLStrict(text) {
  if (!known.has(text)) {
    if (known.size >= MOST) known.clear();
    known.set(text, decoded(text));
  }
  return known.get(text);
}

function decoded(text) {
  if (text.length > LONGEST || !/^&[a-z]\w*;$/i.test(text)) return text;
  // eslint-disable-next-line no-restricted-properties -- of letters and digits alone, and only its text is looked at
  const { textContent } = reader.parseFromString(`<p>${text}`, "text/html").body;
  // Of "&notit;" a browser makes "¬it;", as pages once were written; here a name counts as a whole or not at all.
  return textContent.endsWith(";") && text !== "&semi;" ? text : textContent;
}
