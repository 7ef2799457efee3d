// The entry: one chat, and the page it is on.

import { byId } from "./core/dom.js";
import { startChat } from "./pages/chat.js";
import { pageOfShell } from "./offline/shell.js";
import { startOffline } from "./offline/start_offline.js";
import { preload } from "./core/lazy.js";
import { startOtherPage } from "./pages/other_page.js";
import { startRoomPage } from "./pages/room_page.js";
import { startSearch } from "./search/start_search.js";

const page = JSON.parse(byId("page").textContent) ?? await pageOfShell();
if (page) start(page);

function start(page) {
  const chat = startChat(page);
  if (byId("timeline")) startRoomPage(chat);
  else startOtherPage(chat);
  startSearch(chat);
  startOffline(chat);
  chat.connection.on("state", (state) => { if (state === "live") preload(); });
  chat.connection.open();
}
