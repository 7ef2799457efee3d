// Blocks the person on the card, or unblocks them. They are not notified.

import { toast } from "../core/toast.js";
import { byId } from "../core/dom.js";
import { gettext } from "../core/translate.js";

/** `card` emits `open` with {person}; `request(event, payload)` returns the acknowledgement. */
export function startBlocking({ card, rooms, me, request }) {
  const button = byId("person-card-block");
  let person = null;

  const draw = () => {
    if (!person) return;
    button.hidden = person.id === me.id;
    button.lastElementChild.textContent = rooms.blocks.has(person.id) ? gettext("Unblock") : gettext("Block");
  };
  card.on("open", (opened) => { ({ person } = opened); draw(); });
  rooms.on("blocks", draw);
  button.addEventListener("click", () => {
    card.close();
    setBlocked({ rooms, request }, person, !rooms.blocks.has(person.id));
  });
}

/** Send the request and show the result; resolves with whether it succeeded. */
export async function setBlocked({ rooms, request }, person, blocked) {
  try {
    await request(blocked ? "block" : "unblock", { user: person.id });
  } catch ({ message }) {
    toast(message);
    return false;
  }
  rooms.onBlocked({ user: person.id, blocked });
  const undo = () => setBlocked({ rooms, request }, person, !blocked);
  if (blocked) toast(gettext("%(name)s is blocked.", { name: person.name }), { words: gettext("Undo"), act: undo });
  else toast(gettext("%(name)s is no longer blocked.", { name: person.name }));
  return true;
}
