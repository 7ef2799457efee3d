// Asks the server, and says in words what it cannot answer.

/** `retryIn`, in seconds, where it helps to wait. */
export class Unanswered extends Error {
  constructor(words, retryIn = null) {
    super(words);
    this.retryIn = retryIn;
  }
}

/** GET /search/: {results, rooms, unknown, next}; throws Unanswered, or AbortError. */
export async function ask(query, { after = "", signal, fetch = globalThis.fetch } = {}) {
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const answer = await fetch(`/search/?${new URLSearchParams({ q: query, zone, after })}`, { signal, headers: { Accept: "application/json" } })
    .catch((error) => { throw error.name === "AbortError" ? error : new Unanswered("That could not be looked up. Check the connection."); });
  const told = await answer.json().catch(() => ({}));
  if (told.ok) return told;
  throw new Unanswered(told.error?.message ?? "That could not be looked up just now. Try again in a moment.", told.error?.retry_in ?? null);
}

/** What came of it, for the line above the results. Pure. */
export function outcome({ shown, next, unknown }) {
  if (unknown.length) return unknown.map(unknownWords).join(" ");
  if (!shown) return next ? "Nothing yet. There may be older ones." : "Nothing found. Try fewer words, or only their beginnings.";
  return `${shown === 1 ? "1 message" : `${shown} messages`}${next ? ", and there are more" : ""}`;
}

function unknownWords(name) {
  const value = name.slice(name.indexOf(":") + 1);
  return name.startsWith("in:") ? `There is no room “${value}” that you can see.` : `There is nobody called “${value}” here.`;
}
