// The menu of a room: notification level, mute, mark as read.

import { byId } from "../core/dom.js";
import { toast } from "../core/toast.js";
import { gettext } from "../core/translate.js";

/** `facts`: {current() → room, request(event, payload), markRead(room)} */
export function startRoomMenu({ current, request, markRead }) {
  const menu = byId("room-menu");
  const level = () => menu.querySelectorAll("input[name=level]");
  const muted = byId("room-muted");

  function show() {
    const room = current();
    byId("room-told").hidden = !room?.role;
    byId("mark-read").hidden = !room?.unread;
    for (const choice of level()) {
      choice.checked = choice.value === room?.level;
      choice.disabled = Boolean(room?.muted);
    }
    muted.checked = Boolean(room?.muted);
    byId("room-told-words").textContent = room ? levelText(room) : "";
  }

  async function tell(change) {
    const room = current();
    try {
      await request("notify", { room: room.id, ...change });
    } catch (error) {
      toast(error.message);
      show();
    }
  }

  menu.addEventListener("beforetoggle", ({ newState }) => { if (newState === "open") show(); });
  menu.addEventListener("change", ({ target }) => tell(target === muted ? { muted: muted.checked } : { level: target.value }));
  byId("mark-read").addEventListener("click", () => markRead(current()));
  return { show };
}

/** Explains the chosen level. Pure. */
export function levelText({ kind, level, muted }) {
  const direct = kind === "direct";
  if (muted) return direct ? gettext("No rooms need your attention.") : gettext("Only mentions of you are marked in the list.");
  return {
    all: gettext("Every message counts in the title and can play a sound."),
    mentions: direct ? gettext("Mentions of you count in the title and can play a sound.") : gettext("Mentions of you and @room count in the title and can play a sound."),
    nothing: gettext("Unread rooms are bold in the list; nothing else happens."),
  }[level];
}
