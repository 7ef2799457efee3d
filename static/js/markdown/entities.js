// Stands in for the library of this name, by the page's import map: its table of 2,231 names would be a tenth of everything that
// the page loads, and in a chat "&amp;" is shown as it was typed. markdown-it asks for names in the addresses of links alone.

export function decodeHTMLStrict(text) {
  return text;
}
