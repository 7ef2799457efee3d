// The list is one stop for the Tab key: only the message that has the focus, or had it last, offers its own links and
// buttons to it.

/** Keep one message of the list reachable: that which last had the focus. */
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

/** Made anew, a row stays as reachable as it was. */
export function keepReachable(row) {
  setReachable(row, row.dataset.reachable === "yes");
}

function setReachable(row, reachable) {
  row.dataset.reachable = reachable ? "yes" : "no";
  for (const each of row.querySelectorAll("article, a[href], button, .spoiler[role]")) each.tabIndex = reachable ? 0 : -1;
}
