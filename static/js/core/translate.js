// Texts in the reader's language. The code holds the English ones; the catalog of another language is a script that the page
// loads before any module. Without a catalog the English text is shown.

const catalog = globalThis.django;
const language = globalThis.document?.documentElement?.lang;

/** The locale for Intl: the page's language in the browser's own variant; undefined outside of a page. */
export const locale = language ? navigator.languages?.find((one) => one.split("-")[0] === language.split("-")[0]) ?? language : undefined;

/**
 * `gettext("%(name)s joined.", { name })`
 * @param {string} text
 * @param {Record<string, any> | null} [values]
 */
export function gettext(text, values = null) {
  return interpolate(catalog ? catalog.gettext(text) : text, values);
}

/**
 * For words with several meanings: `pgettext("verb", "Open")`.
 * @param {string} context
 * @param {string} text
 * @param {Record<string, any> | null} [values]
 */
export function pgettext(context, text, values = null) {
  return interpolate(catalog ? catalog.pgettext(context, text) : text, values);
}

/**
 * The plural form for `count`, which the text contains as `%(count)s`; some languages have more than two.
 * @param {string} one
 * @param {string} many
 * @param {number} count
 * @param {Record<string, any> | null} [values]
 */
export function ngettext(one, many, count, values = null) {
  const text = catalog ? catalog.ngettext(one, many, count) : count === 1 ? one : many;
  return interpolate(text, { count: count.toLocaleString(locale), ...(values ?? {}) });
}

/**
 * Insert the values at their placeholders, whose order differs between languages.
 * @param {string} text
 * @param {Record<string, any> | null} values
 */
export function interpolate(text, values) {
  return values ? text.replace(/%\((\w+)\)s/g, (/** @type {string} */ written, /** @type {string} */ name) => (Object.hasOwn(values, name) ? String(values[name]) : written)) : text;
}

/**
 * The same for values that are nodes: returns the pieces of the sentence in order.
 * @param {string} text
 * @param {Record<string, any>} nodes
 */
export function withNodes(text, nodes) {
  return text.split(/%\((\w+)\)s/).map((piece, index) => (index % 2 ? nodes[piece] : piece)).filter((piece) => piece !== "");
}
