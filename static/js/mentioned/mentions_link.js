// "Mentions" at the side: the badge counts those of all rooms that are unread.

import { byId, el, fill, hiddenWords } from "../dom.js";
import { badge } from "../format.js";
import { gettext } from "../translate.js";

const CHANGES = ["list", "messages", "read"];

export function followMentions(rooms, open) {
  const link = byId("mentions-link");
  let shown = null;
  const draw = () => {
    const count = unreadMentions(rooms.all());
    if (count === shown) return;
    shown = count;
    link.classList.toggle("room-link--unread", count > 0);
    fill(byId("mentions-count"), count ? [el("span.count.count--badge", { "aria-hidden": "true" }, badge(count)), hiddenWords(`, ${gettext("%(count)s unread", { count })}`)] : null);
  };
  link.addEventListener("click", () => open());
  for (const change of CHANGES) rooms.on(change, draw);
  draw();
}

/** Of all rooms, as each counts them. Pure. */
export function unreadMentions(rooms) {
  return rooms.reduce((sum, { mentions }) => sum + mentions, 0);
}
