// Mentions on every page of the chat: the number of unread ones in the sidebar, and the dialog behind it.

import { byId, countOf, fill } from "../core/dom.js";
import { lazyDialog } from "../core/lazy.js";
import { gettext } from "../core/translate.js";

const CHANGES = ["list", "messages", "read"];

/** @param {Pick<Chat, "me" | "rooms">} chat */
export function startMentions({ me, rooms }) {
  const dialog = lazyDialog(async () => new (await import("./mentions_dialog.js")).MentionsDialog({ me, rooms }));
  followMentions(rooms, () => dialog.open());
}

export function followMentions(rooms, open) {
  const link = byId("mentions-link");
  let shown = null;
  const draw = () => {
    const count = unreadMentions(rooms.all());
    if (count === shown) return;
    shown = count;
    link.classList.toggle("room-link--unread", count > 0);
    fill(byId("mentions-count"), count ? countOf(count, `, ${gettext("%(count)s unread", { count })}`) : null);
  };
  link.addEventListener("click", () => open());
  for (const change of CHANGES) rooms.on(change, draw);
  draw();
}

/** The sum over all rooms. Pure. */
export function unreadMentions(rooms) {
  return rooms.reduce((sum, { mentions }) => sum + mentions, 0);
}
