// Keys of the timeline that work wherever nobody writes, most of them single letters: to the next and previous message, the first
// unread one and the latest, and actions on the focused message.

import { moveBy } from "../timeline/list_keys.js";

/** `actions`: {of(row), reply, edit, pickReaction, copyLink, flag, back(), toUnread(), toLatest()} */
export function followKeys(keyboard, timeline, actions) {
  const onMessage = (key, name, act) => keyboard.on(key, ({ target }) => actOn(target.closest("li[data-seq]"), name, act, actions.of));
  onMessage("reply", "reply", actions.reply);
  onMessage("edit", "edit", actions.edit);
  onMessage("link", "link", actions.copyLink);
  onMessage("react", "react", actions.pickReaction);
  onMessage("moderate", "report", actions.flag);
  keyboard.on("nextMessage", () => { moveBy(timeline, 1); });
  keyboard.on("previousMessage", () => { moveBy(timeline, -1); });
  keyboard.on("unread", () => { actions.toUnread(); });
  keyboard.on("present", () => { actions.toLatest(); });
  keyboard.on("back", () => { actions.back(); });
}

function actOn(row, name, act, of) {
  const found = row && of(row);
  if (!found?.may[name]) return false;
  act(found.message, row.querySelector(`.actions [data-key="pick"]`) ?? row);
  return true;
}
