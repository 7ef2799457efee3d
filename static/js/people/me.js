// Myself, at the foot of the list: what others see of me, and that it is quiet now.

import { byId, face, setText } from "../dom.js";
import { isQuiet } from "../notifying/quiet_hours.js";
import { everySecond } from "../status/ticks.js";

const WORDS = { active: "Active", away: "Away", offline: "Connecting" };

export function startMe({ me, connection, idle, preferences }) {
  const away = byId("me-away");
  let shown = null;

  function show() {
    const status = connection.state === "live" ? idle.status : "offline";
    const quiet = isQuiet(preferences.now, new Date()) ? `, quiet until ${preferences.now.to}` : "";
    setText(byId("me-state"), (connection.state === "lost" ? "Not connected" : WORDS[status]) + quiet);
    setText(away.lastElementChild, idle.isAwayByHand ? "Set yourself active" : "Set yourself away");
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
