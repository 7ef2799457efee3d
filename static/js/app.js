// The entry: one chat, and the page it is on.

import { byId } from "./dom.js";
import { startChat } from "./chat.js";
import { startOtherPage } from "./other_page.js";
import { startRoomPage } from "./room_page.js";
import { startSearch } from "./search/start.js";

const chat = startChat(JSON.parse(byId("page").textContent));
if (byId("timeline")) startRoomPage(chat);
else startOtherPage(chat);
startSearch(chat);
chat.connection.open();
