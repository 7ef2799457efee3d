// Keys of the timeline: from message to message, to the first unread, to the present; and what acts on the message that has
// the focus.

/** `acts`: {of(row), reply, edit, pickReaction, copyLink, flag, back(), toUnread(), toPresent()} */
export function followKeys(keyboard, timeline, acts) {
  const onMessage = (key, name, act) => keyboard.on(key, ({ target }) => actOn(target.closest("li[data-seq]"), name, act, acts.of));
  onMessage("reply", "reply", acts.reply);
  onMessage("edit", "edit", acts.edit);
  onMessage("link", "link", acts.copyLink);
  onMessage("react", "react", acts.pickReaction);
  onMessage("moderate", "report", acts.flag);
  keyboard.on("nextMessage", () => move(timeline, 1));
  keyboard.on("previousMessage", () => move(timeline, -1));
  keyboard.on("unread", () => { acts.toUnread(); });
  keyboard.on("present", () => { acts.toPresent(); });
  keyboard.on("back", () => { acts.back(); });
}

function actOn(row, name, act, of) {
  const found = row && of(row);
  if (!found?.may[name]) return false;
  act(found.message, row.querySelector(`.actions [data-key="pick"]`) ?? row);
  return true;
}

/** From the message that has the focus, else from the one under the eye. */
function move({ list, anchor }, step) {
  const rows = [...list.querySelectorAll("li[data-author]")];
  const focused = rows.indexOf(document.activeElement?.closest("li[data-author]"));
  const underEye = anchor.place ? rows.findIndex(({ dataset }) => Number(dataset.seq) === anchor.place.seq) : rows.length - 1;
  const row = focused < 0 ? rows[underEye] : rows[focused + step];
  row?.firstElementChild.focus();
}
