// Keys within the list of messages, none of them a single letter: they move from message to message, and open a message's menu.

import { isKey } from "../keyboard/key_match.js";

const STEPS = [["messageBelow", 1], ["messageAbove", -1], ["tenBelow", 10], ["tenAbove", -10]];

/** `acts`: {openMenu(row), toLatest()}: the latter scrolls to the newest message and focuses it. */
export function followListKeys(timeline, acts) {
  timeline.scroller.addEventListener("keydown", (event) => {
    const { target, defaultPrevented } = event;
    if (defaultPrevented || (target !== timeline.scroller && target.localName !== "article")) return;
    if (press(event, timeline, acts)) event.preventDefault();
  });
}

/** Focus the message `step` rows from the focused one, or the first visible one; returns whether it is another. */
export function moveBy({ list, anchor }, step) {
  const rows = [...list.querySelectorAll("li[data-author]")];
  const focused = rows.indexOf(document.activeElement?.closest("li[data-author]"));
  const underEye = anchor.place ? rows.findIndex(({ dataset }) => Number(dataset.seq) === anchor.place.seq) : rows.length - 1;
  const at = focused < 0 ? underEye : Math.max(0, Math.min(rows.length - 1, focused + step));
  rows[at]?.firstElementChild.focus();
  return at !== focused;
}

function press(event, timeline, { openMenu, toLatest }) {
  const step = STEPS.find(([name]) => isKey(name, event))?.[1];
  if (step) return !sticksOut(event.target, timeline.scroller, step) && moveBy(timeline, step);
  if (isKey("firstMessage", event)) return toFirst(timeline);
  if (isKey("newestMessage", event)) return toLatest() ?? true;
  if (isKey("openMenu", event) && event.target.localName === "article") return openMenu(event.target.parentElement);
  return false;
}

/** Of what is loaded; further up, older messages come. */
function toFirst({ list, scroller }) {
  scroller.scrollTop = 0;
  list.querySelector("li[data-author]")?.firstElementChild.focus({ preventScroll: true });
  return true;
}

/** A message that is higher than the window is scrolled first, by the browser. */
function sticksOut(article, scroller, step) {
  if (article === scroller) return false;
  const [row, seen] = [article.getBoundingClientRect(), scroller.getBoundingClientRect()];
  if (row.height <= seen.height) return false;
  return step > 0 ? row.bottom > seen.bottom + 1 : row.top < seen.top - 1;
}
