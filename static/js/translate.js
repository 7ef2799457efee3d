// Texts in the reader's language. The English ones stand in the code; the catalog of another language is a script of its
// own, which the page loads before any module. Where there is none, the text stays as it is written.

const catalog = globalThis.django;
const language = globalThis.document?.documentElement.lang;

/** What Intl is asked for: the page's language as the reader's own browser speaks it; undefined outside of a page. */
export const locale = language ? navigator.languages?.find((one) => one.split("-")[0] === language.split("-")[0]) ?? language : undefined;

export function gettext(text) {
  return catalog ? catalog.gettext(text) : text;
}

/** For a text whose translation depends on what it is about: `pgettext("verb", "Mute")`. */
export function pgettext(context, text) {
  return catalog ? catalog.pgettext(context, text) : text;
}

/** The form that goes with the number; some languages have more than two. */
export function ngettext(one, many, count) {
  if (catalog) return catalog.ngettext(one, many, count);
  return count === 1 ? one : many;
}

/** `interpolate("%(name)s is in now.", { name })`: in other languages the values may stand in another order. */
export function interpolate(text, values) {
  return text.replace(/%\((\w+)\)s/g, (written, name) => (Object.hasOwn(values, name) ? String(values[name]) : written));
}
