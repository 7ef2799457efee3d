// Keys of the timeline: to the next and previous message, the first unread one and the latest, and actions on the focused
// message.

/** `actions`: {of(row), reply, edit, pickReaction, copyLink, flag, back(), toUnread(), toLatest()} */
export function followKeys(keyboard, timeline, actions) {
  const onMessage = (key, name, act) => keyboard.on(key, ({ target }) => actOn(target.closest("li[data-seq]"), name, act, actions.of));
  onMessage("reply", "reply", actions.reply);
  onMessage("edit", "edit", actions.edit);
  onMessage("link", "link", actions.copyLink);
  onMessage("react", "react", actions.pickReaction);
  onMessage("moderate", "report", actions.flag);
  keyboard.on("nextMessage", () => move(timeline, 1));
  keyboard.on("previousMessage", () => move(timeline, -1));
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

/** From the focused message, else from the first visible one. */
function move({ list, anchor }, step) {
  const rows = [...list.querySelectorAll("li[data-author]")];
  const focused = rows.indexOf(document.activeElement?.closest("li[data-author]"));
  const underEye = anchor.place ? rows.findIndex(({ dataset }) => Number(dataset.seq) === anchor.place.seq) : rows.length - 1;
  const row = focused < 0 ? rows[underEye] : rows[focused + step];
  row?.firstElementChild.focus();
}
