// My own entry at the foot of the sidebar: my presence, and quiet hours.

import { byId, face, setText } from "../core/dom.js";
import { timeOfDay } from "../core/format.js";
import { isQuiet } from "../store/quiet_hours.js";
import { everySecond } from "../core/ticks.js";
import { gettext } from "../core/translate.js";

const WORDS = { active: gettext("Active"), away: gettext("Away"), offline: gettext("Connecting") };

/** @param {Pick<Chat, "me" | "connection" | "idle"> & {preferences: import("../storage/preferences.js").Preferences}} facts */
export function startMe({ me, connection, idle, preferences }) {
  const away = byId("me-away");
  let shown = null;

  function show() {
    const status = connection.state === "live" ? idle.status : "offline";
    const quiet = isQuiet(preferences.now, new Date()) ? gettext(", quiet until %(time)s", { time: timeOfDay(preferences.now.to) }) : "";
    setText(byId("me-state"), (connection.state === "lost" ? gettext("Not connected") : WORDS[status]) + quiet);
    setText(away.lastElementChild, idle.isAwayByHand ? gettext("Set yourself active") : gettext("Set yourself away"));
    if (status === shown) return;
    shown = status;
    byId("me").querySelector(".face").replaceWith(face(me, { status }));
  }

  away.addEventListener("click", () => { idle.setAway(!idle.isAwayByHand); byId("me-menu").hidePopover(); });
  connection.on("state", show);
  idle.on("status", show);
  preferences.on("change", show);
  everySecond(show);
  show();
}
