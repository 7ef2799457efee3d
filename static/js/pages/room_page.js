// The page of a room. Its parts are made in an order in which each gets those before it: the composer, the people, the
// timeline.

import { byId } from "../core/dom.js";
import { lazyDialogContent } from "../core/lazy.js";
import { startMessageActions } from "../message_actions/start_message_actions.js";
import { startModerationInRoom } from "../moderation/moderation_in_room.js";
import { startPanes } from "../rooms/panes.js";
import { startRoomDialogs } from "../rooms/room_dialogs.js";
import { roomSign } from "../rooms/names.js";
import { RoomHead } from "../rooms/room_head.js";
import { Router } from "../rooms/router.js";
import { Announcer } from "../status/announcer.js";
import { Banner } from "../status/banner.js";
import { createComposer, followComposer } from "./composer_parts.js";
import { createPeopleParts } from "./people_parts.js";
import { followRoomEvents } from "./room_events.js";
import { createTimelineParts } from "./timeline_parts.js";

/** @param {Chat} chat */
export function startRoomPage(chat) {
  const page = assemble(chat);
  const { router, composer, navigation } = page;
  navigation.current = () => router.current;
  navigation.go = (room, seq) => router.go(room, seq);
  navigation.recent = () => router.recent;
  startRoomDialogs(page);
  startModerationInRoom(page);
  startPrinting(page);
  startPanes(page.keyboard, () => composer.focus());
  startMessageActions(page);
  followRoomEvents(page);
  followComposer(page);
  router.follow();
}

/**
 * @param {Chat} chat
 * @returns {RoomPage}
 */
function assemble(chat) {
  const withRouter = { ...chat, router: new Router(chat.rooms) };
  const withComposer = { ...withRouter, ...createComposer(withRouter) };
  const withPeople = { ...withComposer, ...createPeopleParts(withComposer) };
  return {
    ...withPeople, ...createTimelineParts(withPeople), head: new RoomHead(chat.me),
    banner: new Banner(byId("banner"), chat.connection), announcer: new Announcer(chat.me, chat.notifications.preferences),
  };
}

/** @param {RoomPage} page */
function startPrinting({ router, connection, timeline, rooms, me }) {
  lazyDialogContent(byId("print"), async () => new (await import("../printing/print_dialog.js")).PrintDialog({
    current: () => router.current, request: (event, payload) => connection.request(event, payload), signOf: (room) => roomSign(room, me),
    render: timeline.actions.render, isBlocked: (id) => rooms.blocks.has(id),
  }));
}
