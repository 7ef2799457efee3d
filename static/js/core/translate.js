// Texts in the reader's language. The English ones stand in the code; the catalog of another language is a script of its
// own, which the page loads before any module. Where there is none, the text stays as it is written.

const catalog = globalThis.django;
const language = globalThis.document?.documentElement?.lang;

/** What Intl is asked for: the page's language as the reader's own browser speaks it; undefined outside of a page. */
export const locale = language ? navigator.languages?.find((one) => one.split("-")[0] === language.split("-")[0]) ?? language : undefined;

/** `gettext("%(name)s is in now.", { name })` */
export function gettext(text, values = null) {
  return interpolate(catalog ? catalog.gettext(text) : text, values);
}

/** For words that mean different things in different places: `pgettext("verb", "Open")`. */
export function pgettext(context, text, values = null) {
  return interpolate(catalog ? catalog.pgettext(context, text) : text, values);
}

/** The form that goes with the number, which is `%(count)s` in it; some languages have more than two forms. */
export function ngettext(one, many, count, values = null) {
  const text = catalog ? catalog.ngettext(one, many, count) : count === 1 ? one : many;
  return interpolate(text, { count: count.toLocaleString(locale), ...values });
}

/** Put the values in the places that the text has for them: in other languages they may stand in another order. */
export function interpolate(text, values) {
  return values ? text.replace(/%\((\w+)\)s/g, (written, name) => (Object.hasOwn(values, name) ? String(values[name]) : written)) : text;
}

/** The same for values that are nodes, or whatever else is no text: the pieces of the sentence in their order. */
export function withNodes(text, nodes) {
  return text.split(/%\((\w+)\)s/).map((piece, index) => (index % 2 ? nodes[piece] : piece)).filter((piece) => piece !== "");
}
