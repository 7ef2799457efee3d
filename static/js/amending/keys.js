// Single keys, while one is not writing: J and K go from message to message, U to the first unread, End to the present;
// the rest acts on the message that has the focus.

/** `acts`: {of(row), reply, edit, pickReaction, copyLink, flag, back(), toUnread(), toPresent()} */
export function followKeys(timeline, acts) {
  const deeds = { r: ["reply", acts.reply], e: ["edit", acts.edit], l: ["link", acts.copyLink], "+": ["react", acts.pickReaction], m: ["report", acts.flag] };
  const ways = { u: acts.toUnread, end: acts.toPresent, j: () => move(timeline, 1), k: () => move(timeline, -1) };
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    if (event.target.closest("input, textarea, select, dialog, [popover]")) return;
    const key = event.key.toLowerCase();
    const row = event.target.closest("li[data-seq]");
    if (ways[key]) ways[key]();
    else if (key === "escape" && row) acts.back();
    else if (!actOn(row, deeds[key], acts.of)) return;
    event.preventDefault();
  });
}

function actOn(row, deed, of) {
  const [name, act] = deed ?? [];
  const found = row && name ? of(row) : null;
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
