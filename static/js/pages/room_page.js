// The page of a room: its parts, made one after another, each knowing those before it.

import { startAmending } from "../message_actions/start_message_actions.js";
import { startRoomDialogs } from "../rooms/room_dialogs.js";
import { byId } from "../core/dom.js";
import { startModerationInRoom } from "../moderation/moderation_in_room.js";
import { followNews } from "./room_events.js";
import { peopleParts } from "./people_parts.js";
import { timelineParts } from "./timeline_parts.js";
import { followWriting, writingParts } from "./composer_parts.js";
import { startPanes } from "../rooms/panes.js";
import { RoomHead } from "../rooms/room_head.js";
import { Router } from "../rooms/router.js";
import { Announcer } from "../status/announcer.js";
import { Banner } from "../status/banner.js";

export function startRoomPage(chat) {
  const page = assemble(chat);
  const { router, composer } = page;
  chat.current = () => router.current;
  chat.go = (room, seq) => router.go(room, seq);
  chat.recent = () => router.recent;
  startRoomDialogs(page);
  startModerationInRoom(page);
  startPanes(chat.keyboard, () => composer.focus());
  startAmending(page);
  followNews(page);
  followWriting(page);
  router.follow();
}

function assemble(chat) {
  const page = {
    ...chat, router: new Router(chat.rooms), head: new RoomHead(chat.me),
    banner: new Banner(byId("banner"), chat.connection), announcer: new Announcer(byId("announcer")),
  };
  for (const make of [writingParts, peopleParts, timelineParts]) Object.assign(page, make(page));
  return page;
}
