// The people I block, in the profile dialog, each with a button to unblock.

import { ask } from "../core/api.js";
import { byId, el, face, fill } from "../core/dom.js";
import { onReturn } from "../core/on_return.js";
import { setBlocked } from "./block_button.js";
import { gettext } from "../core/translate.js";

/** `parts`: {rooms, request(event, payload)} */
export function startBlockedList(dialog, parts) {
  const list = byId("you-blocked");
  const nothing = byId("you-blocked-nothing");
  let asked = 0;

  async function show() {
    const mine = ++asked;
    const found = await ask("/blocked/").catch(() => null);
    if (!found) onReturn(list, () => { if (dialog.open) show(); });
    if (mine !== asked) return;
    fill(list, (found?.people ?? []).map(row));
    nothing.hidden = Boolean(found?.people.length);
    nothing.textContent = found ? gettext("You have blocked nobody.") : gettext("The search failed.");
  }

  function row(person) {
    const unblock = async () => { if (await setBlocked(parts, person, false)) byId("you-blocked-title").focus(); };
    return el("li", {}, face(person, { small: true }), el("p.held__who", {}, el("b", {}, el("bdi", {}, person.name)), el("small", {}, el("bdi", {}, `@${person.handle}`))),
      el("button.button", { type: "button", "aria-label": gettext("Unblock %(name)s", { name: person.name }), onclick: unblock }, gettext("Unblock")));
  }

  dialog.addEventListener("opening", show);
  parts.rooms.on("blocks", () => { if (dialog.open) show(); });
  if (dialog.open) show();
}
