// Fetches mentions of me and replies to me, a page at a time, and splits each text at the names.

import { lookUp } from "../search/search_api.js";
import { gettext } from "../core/translate.js";

/** GET /mentions/: {mentions, next}; throws SearchError. */
export function askMentions(after = "", how = {}) { return lookUp("/mentions/", { after }, how); }

/** Every second piece is a mention of me or everyone. Pure. */
export function piecesOf(text, handle) {
  return text.split(new RegExp(`(@(?:${handle.replaceAll(".", "\\.")}|room)(?![\\w-]))`, "i"));
}

/** The text above the list. Pure. */
export function outcome({ shown, fresh, next }) {
  if (!shown) return next ? gettext("No results yet. There may be older ones.") : gettext("No mentions yet. Replies to you, your @handle and @room appear here.");
  return fresh ? gettext("%(count)s unread", { count: fresh }) : gettext("All read");
}
