// The dialog that creates a room.

import { byId, valuesOf } from "../core/dom.js";
import { gettext } from "../core/translate.js";

/** `create(facts)` asks the server and returns the room's state; `opened(state)` opens the room. */
export function startNewRoom(create, opened) {
  const dialog = byId("new-room");
  const form = byId("new-room-form");
  dialog.addEventListener("opening", () => { form.reset(); say(""); });
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const { name, kind, topic } = valuesOf(form);
    if (!name.trim()) return say(gettext("Give the room a name."));
    byId("new-room-create").disabled = true;
    try {
      const state = await create({ name: name.trim(), kind, topic: topic.trim() });
      dialog.close();
      opened(state);
    } catch (error) {
      say(error.message);
    } finally {
      byId("new-room-create").disabled = false;
    }
  });
}

function say(words) {
  const line = byId("new-room-error");
  line.hidden = !words;
  line.lastElementChild.textContent = words;
  byId("room-name-field").setAttribute("aria-invalid", String(Boolean(words)));
}
