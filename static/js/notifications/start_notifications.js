// Notifications on every page: the tab's mark, the sound, the browser's notifications, and the dialog with their settings.

import { byId } from "../core/dom.js";
import { lazy, lazyDialogContent, withPart } from "../core/lazy.js";
import { Preferences } from "../storage/preferences.js";
import { attention } from "../rooms/attention.js";
import { OneTab } from "./one_tab.js";
import { TabMark } from "./tab_mark.js";

const UNREAD = ["list", "messages", "read"];
const DEFAULTS = { sound: false, desktop: false, quiet: false, from: "22:00", to: "07:00", spoken: "all" };

/**
 * Returns {tabMark, tabs, preferences}.
 * @param {Pick<Chat, "me" | "rooms" | "idle" | "connection" | "navigation" | "keyboard">} chat
 */
export function startNotifications({ me, rooms, idle, connection, navigation, keyboard }) {
  const preferences = new Preferences("notifying", DEFAULTS);
  const tabs = new OneTab();
  const tabMark = new TabMark(byId("favicon"));
  for (const change of UNREAD) rooms.on(change, () => tabMark.show(attention(rooms.all())));
  const means = lazy(async () => (await import("./means.js")).createMeans({ me, preferences, tabs, go: (room, seq) => navigation.go(room, seq) }));
  // Most people have neither sound nor notifications on: their browser need not load them.
  rooms.on("messages", ({ room, added, live }) => {
    const { sound, desktop } = preferences.now;
    if (live && added.length && (sound || desktop)) withPart(means, ({ notifier }) => notifier.came(room, added));
  });
  rooms.on("read", (room) => { if (!room.unread && preferences.now.desktop) withPart(means, ({ desktop }) => desktop.clear(room)); });
  lazyDialogContent(byId("you"), async () => {
    const [{ startProfileDialog }, { sound, desktop }] = await Promise.all([import("../people/profile_dialog.js"), means()]);
    startProfileDialog({ idle, rooms, preferences, keys: keyboard.preferences, sound, desktop, request: (event, payload) => connection.request(event, payload) });
  });
  return { tabMark, tabs, preferences };
}
