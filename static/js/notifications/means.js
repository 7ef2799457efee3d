// The means of notification, a sound and the browser's own notifications, and the notifier that decides when to use them.

import { byId } from "../core/dom.js";
import { othersOf, roomSign } from "../rooms/names.js";
import { announcementOf, Desktop } from "./desktop.js";
import { Notifier } from "./notifier.js";
import { Sound } from "./sound.js";

/** Returns {notifier, sound, desktop}; `go(room, seq)` shows the message of a notification that was pressed. */
export function createMeans({ me, preferences, tabs, go }) {
  const sound = new Sound();
  const desktop = new Desktop();
  const notifier = new Notifier({ me, preferences, tabs, sound, desktop }, { describe: (room, message) => describe(room, message, me), go });
  return { notifier, sound, desktop };
}

function describe(room, message, me) {
  const alone = room.kind === "direct" && othersOf(room, me).length < 2;
  return { ...announcementOf(message, { sign: roomSign(room, me), alone }), icon: byId("favicon").dataset.calls };
}
