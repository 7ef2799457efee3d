// The menu of a message where a pointer asks for a context menu, and by the Menu key or Shift+F10 on a message or its buttons. Links,
// pictures and selected text keep the browser's own menu, as does everything with Shift.

const OWN = "a[href], img, input, textarea";
const SECOND_BUTTON = 2;

/** `open(row, anchor)` returns whether there is a menu for the row. */
export function followContextMenu(list, open) {
  list.addEventListener("contextmenu", (event) => {
    const row = event.target.closest("li[data-seq]");
    if (!row || event.defaultPrevented || event.shiftKey || keepsItsOwn(event)) return;
    const byPointer = event.button === SECOND_BUTTON;
    if (byPointer && event.buttons) onRelease(() => open(row, pointAt(event)));
    else open(row, byPointer ? pointAt(event) : row.querySelector("[data-key='more']") ?? row);
    event.preventDefault();
  });
}

function keepsItsOwn({ target }) {
  return Boolean(target.closest(OWN)) || getSelection()?.isCollapsed === false;
}

/** Where the menu comes with the press, the release would close it again. */
function onRelease(act) {
  addEventListener("pointerup", () => setTimeout(act), { once: true });
}

/** A place like an element's, for the menu to lie beside. */
function pointAt({ clientX, clientY }) {
  return { getBoundingClientRect: () => new DOMRect(clientX, clientY, 0, 0) };
}
