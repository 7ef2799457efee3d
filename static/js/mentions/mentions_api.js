// Fetches mentions of me and replies to me, a page at a time, and finds the names in each text.

import { lookUp } from "../search/search_api.js";
import { gettext } from "../core/translate.js";

/** GET /mentions/: {mentions, next}; throws SearchError. */
export function askMentions(after = "", how = {}) { return lookUp("/mentions/", { after }, how); }

/** Where a line mentions me or everyone: (line) → [[start, end], ...]. Pure. */
export function mentionsIn(handle) {
  const pattern = new RegExp(`[@＠](?:${handle.replaceAll(".", "\\.")}|room)(?![\\w-])`, "gi");
  return (line) => [...line.matchAll(pattern)].map((found) => [found.index, found.index + found[0].length]);
}

/** The text above the list. Pure. */
export function outcome({ shown, fresh, next }) {
  if (!shown) return next ? gettext("No results yet. There may be older ones.") : gettext("No mentions yet. Replies to you, your @handle and @room appear here.");
  return fresh ? gettext("%(count)s unread", { count: fresh }) : gettext("All read");
}
