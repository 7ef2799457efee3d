// Sends a search to the server and turns failures into messages.

import { gettext, ngettext } from "../core/translate.js";

/** `retryIn`: seconds, if waiting helps. */
export class SearchError extends Error {
  constructor(words, retryIn = null) {
    super(words);
    this.retryIn = retryIn;
  }
}

/**
 * GET /search/: {results, rooms, unknown, next}; throws SearchError, or AbortError.
 * @param {string} query
 * @param {{after?: string, signal?: AbortSignal, fetch?: typeof globalThis.fetch}} [how]
 */
export function ask(query, { after = "", ...how } = {}) {
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  return lookUp("/search/", { q: query, zone, after }, how);
}

/**
 * What is found there, a page at a time; throws SearchError, or AbortError.
 * @param {string} path
 * @param {Record<string, string>} parameters
 * @param {{signal?: AbortSignal, fetch?: typeof globalThis.fetch}} [how]
 */
export async function lookUp(path, parameters, { signal, fetch = globalThis.fetch } = {}) {
  const answer = await fetch(`${path}?${new URLSearchParams(parameters)}`, { signal, headers: { Accept: "application/json" } })
    .catch((error) => { throw error.name === "AbortError" ? error : new SearchError(gettext("The search failed. Check your connection.")); });
  const told = await answer.json().catch(() => ({}));
  if (told.ok) return told;
  throw new SearchError(told.error?.message ?? gettext("The search failed. Try again in a moment."), told.error?.retry_in ?? null);
}

/** The summary above the results. Pure. */
export function outcome({ shown, next, unknown, not_operators = [] }) {
  if (unknown.length) return unknown.map(unknownWords).join(" ");
  const found = counted(shown, next);
  const notes = not_operators.map((typed) => gettext("“%(typed)s” is no filter, so it was searched for as a word.", { typed }));
  return notes.length ? [`${found.replace(/\.$/, "")}.`, ...notes].join(" ") : found;
}

function counted(shown, next) {
  if (!shown) return next ? gettext("No results yet. There may be older ones.") : gettext("No results. Try fewer words, or only their beginnings.");
  const found = ngettext("%(count)s message", "%(count)s messages", shown);
  return next ? gettext("%(found)s, and there are more", { found }) : found;
}

function unknownWords(name) {
  const value = name.slice(name.indexOf(":") + 1);
  return name.startsWith("in:") ? gettext("There is no room “%(name)s” that you can see.", { name: value }) : gettext("There is nobody named “%(name)s” here.", { name: value });
}
