// The list is one stop for the Tab key: only the message with the focus, or that had it last, offers its links and buttons to
// it.

/** Keep one message of the list reachable: the one that last had the focus. */
export function followFocus(list) {
  let reachable = null;
  list.addEventListener("focusin", ({ target }) => {
    const row = target.closest("#messages > li");
    if (row === reachable) return;
    if (reachable) setReachable(reachable, false);
    setReachable(row, true);
    reachable = row;
  });
}

/** A row that is drawn again stays as reachable as it was. */
export function keepReachable(row) {
  setReachable(row, row.dataset.reachable === "yes");
}

function setReachable(row, reachable) {
  row.dataset.reachable = reachable ? "yes" : "no";
  for (const each of row.querySelectorAll("article, a[href], button, .spoiler[role]")) each.tabIndex = reachable ? 0 : -1;
}
