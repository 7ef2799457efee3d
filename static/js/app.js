// The entry point of the chat: its state, and the page that is shown.

import { byId } from "./core/dom.js";
import { lazy, preload, withPart } from "./core/lazy.js";
import { startChat } from "./pages/chat.js";
import { startOtherPage } from "./pages/other_page.js";
import { startRoomPage } from "./pages/room_page.js";
import { startSearch } from "./search/start_search.js";

const page = JSON.parse(byId("page").textContent) ?? await (await import("./offline/shell.js")).pageOfShell();
if (page) start(page);

/** @param {Page} page */
function start(page) {
  const chat = startChat(page);
  const offline = lazy(async () => (await import("./offline/start_offline.js")).startOffline(chat));
  if (byId("timeline")) startRoomPage(chat);
  else startOtherPage(chat);
  startSearch(chat);
  chat.connection.on("state", (state) => {
    if (state !== "live") return;
    withPart(offline, () => {});      // where it cannot be fetched, it is tried again when the page is next live
    preload();
  });
  chat.connection.open();
}
