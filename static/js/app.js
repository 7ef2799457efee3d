// The entry: one chat, and the page it is on.

import { byId } from "./dom.js";
import { startChat } from "./chat.js";
import { pageOfShell } from "./offline/shell.js";
import { startOffline } from "./offline/start.js";
import { fetchAhead } from "./on_demand.js";
import { startOtherPage } from "./other_page.js";
import { startRoomPage } from "./room_page.js";
import { startSearch } from "./search/start.js";

const page = JSON.parse(byId("page").textContent) ?? await pageOfShell();
if (page) start(page);

function start(page) {
  const chat = startChat(page);
  if (byId("timeline")) startRoomPage(chat);
  else startOtherPage(chat);
  startSearch(chat);
  startOffline(chat);
  chat.connection.on("state", (state) => { if (state === "live") fetchAhead(); });
  chat.connection.open();
}
