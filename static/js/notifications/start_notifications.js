// Puts together what calls me: the tab's mark, the sound, the notifications, and where I say which of them I want.

import { byId } from "../core/dom.js";
import { lazyDialogContent } from "../core/lazy.js";
import { Preferences } from "../core/preferences.js";
import { attention } from "../rooms/attention.js";
import { othersOf, roomSign } from "../rooms/names.js";
import { announcementOf, Desktop } from "./desktop.js";
import { Notifier } from "./notifier.js";
import { Sound } from "./sound.js";
import { OneTab } from "./one_tab.js";
import { TabMark } from "./tab_mark.js";

const UNREAD = ["list", "messages", "read"];
const AT_FIRST = { sound: false, desktop: false, quiet: false, from: "22:00", to: "07:00" };

/**
 * Returns {tabMark, tabs, preferences}.
 * @param {Pick<Chat, "me" | "rooms" | "idle" | "connection" | "navigation">} chat
 */
export function startNotifications({ me, rooms, idle, connection, navigation }) {
  const request = (event, payload) => connection.request(event, payload);
  const parts = { me, preferences: new Preferences("notifying", AT_FIRST), tabs: new OneTab(), sound: new Sound(), desktop: new Desktop() };
  const notifier = new Notifier(parts, { describe: (room, message) => describe(room, message, me), go: (room, seq) => navigation.go(room, seq) });
  const tabMark = new TabMark(byId("favicon"));
  for (const change of UNREAD) rooms.on(change, () => tabMark.show(attention(rooms.all())));
  rooms.on("messages", ({ room, added, live }) => { if (live && added.length) notifier.came(room, added); });
  rooms.on("read", (room) => { if (!room.unread) parts.desktop.clear(room); });
  lazyDialogContent(byId("you"), async () => (await import("../people/profile_dialog.js")).startYou({ idle, rooms, request, ...parts }));
  return { tabMark, tabs: parts.tabs, preferences: parts.preferences };
}

function describe(room, message, me) {
  const alone = room.kind === "direct" && othersOf(room, me).length < 2;
  return { ...announcementOf(message, { sign: roomSign(room, me), alone }), icon: byId("favicon").dataset.calls };
}
