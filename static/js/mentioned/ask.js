// Asks the server what names me, a page at a time, and cuts each text at the names.

import { Unanswered } from "../search/ask.js";
import { gettext } from "../translate.js";

/** GET /mentions/: {mentions, next}; throws Unanswered. */
export async function askMentions(after = "", { fetch = globalThis.fetch } = {}) {
  const answer = await fetch(`/mentions/?${new URLSearchParams({ after })}`, { headers: { Accept: "application/json" } })
    .catch(() => { throw new Unanswered(gettext("That could not be looked up. Check the connection.")); });
  const told = await answer.json().catch(() => ({}));
  if (told.ok) return told;
  throw new Unanswered(told.error?.message ?? gettext("That could not be looked up just now. Try again in a moment."));
}

/** Every other piece, from the second on, is my name or everyone's. Pure. */
export function piecesOf(text, handle) {
  return text.split(new RegExp(`(@(?:${handle.replaceAll(".", "\\.")}|room)(?![\\w-]))`, "i"));
}

/** What is said above the list. Pure. */
export function outcome({ shown, fresh, next }) {
  if (!shown) return next ? gettext("Nothing yet. There may be older ones.") : gettext("Nobody has named you yet. Who writes your @handle, or @room to everyone, calls you here.");
  return fresh ? gettext("%(count)s unread", { count: fresh }) : gettext("All read");
}
