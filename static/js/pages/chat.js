// What every page of the chat has: its state, the sidebar with the rooms, the keys, the dialogs and the notifications.

import { byId } from "../core/dom.js";
import { returned } from "../core/on_return.js";
import { timeNotation } from "../core/time_notation.js";
import { lazy, withPart } from "../core/lazy.js";
import { startLayers } from "../dialogs/layers.js";
import { startLanguageChoice, startThemeChoice } from "../dialogs/page_choices.js";
import { startTooltips } from "../dialogs/tooltips.js";
import { startKeyboard } from "../keyboard/start_keyboard.js";
import { startMentions } from "../mentions/start_mentions.js";
import { startModeration } from "../moderation/start_moderation.js";
import { startNotifications } from "../notifications/start_notifications.js";
import { startMe } from "../people/me.js";
import { startInvite } from "../rooms/invite.js";
import { createNavigation, startNavigation } from "../rooms/navigation.js";
import { RoomsList } from "../rooms/rooms_list.js";
import { announceElsewhere } from "../status/announce_elsewhere.js";
import { announceConnection, announceUnsent } from "../status/announce_state.js";
import { ConnectionLine } from "../status/connection_line.js";
import { createChatState, followConnection, followDirectRoomNames } from "./chat_state.js";

/**
 * The order matters: what listens to the rooms is there before the page's own rooms are put into them.
 * @param {Page} page
 * @returns {Chat}
 */
export function startChat(page) {
  const state = createChatState(page);
  const navigation = createNavigation(state);
  const moderation = startModeration({ ...state, navigation });
  takePage(page, state.rooms);
  const idle = followConnection(state);
  followDirectRoomNames(state);
  const list = startSidebar({ ...state, navigation });
  startLayers();
  startTooltips();
  timeNotation.watch();
  const keyboard = startKeyboard();
  startThemeChoice();
  startLanguageChoice();
  startNavigation({ ...state, navigation, keyboard, list });
  startInvite({ ...state, navigation });
  const notifications = startNotifications({ ...state, idle, navigation, keyboard });
  startMe({ ...state, idle, preferences: notifications.preferences });
  announceElsewhere({ ...state, preferences: notifications.preferences, current: () => navigation.current() });
  announceConnection(state.connection);
  announceUnsent(state.outbox);
  startMentions(state);
  state.connection.on("state", (now) => { if (now === "live") returned(); });
  return { ...state, navigation, moderation, idle, list, keyboard, notifications };
}

/** Rooms as the server put them into the page; `states`: those of the offline shell. */
function takePage(page, rooms) {
  rooms.seed(page.rooms);
  for (const state of page.states ?? [page.state]) if (state) rooms.add(state);
}

/**
 * The rooms, where I am asked to come back, and the line about the connection.
 * @param {Pick<Chat, "connection" | "rooms" | "outbox" | "catchUp" | "me" | "drafts" | "navigation">} chat
 */
function startSidebar({ connection, rooms, outbox, catchUp, me, drafts, navigation }) {
  const list = new RoomsList(rooms, { roomLinks: byId("room-links"), directLinks: byId("direct-links") }, {
    me, hasDraft: (id) => drafts.has(id), current: () => navigation.current()?.id ?? null,
  });
  const line = new ConnectionLine(byId("line"), () => ({
    state: connection.state === "live" && catchUp.late ? "catching_up" : connection.state,
    lastLive: connection.lastLive, nextTry: connection.nextTry, rooms: rooms.all().length, sending: outbox.sending,
  }));
  connection.on("state", () => line.render());
  outbox.on("change", () => line.render());
  catchUp.changed = () => line.render();
  for (const change of ["list", "messages", "read", "presence", "blocks"]) rooms.on(change, () => list.invalidate());
  followQuestions({ connection, rooms, navigation });
  list.render();
  return list;
}

/**
 * Rooms that I left and am asked back to: most people have none, so their script comes with the first.
 * @param {Pick<Chat, "connection" | "rooms" | "navigation">} chat
 */
function followQuestions({ connection, rooms, navigation }) {
  const questions = lazy(async () => new (await import("../rooms/questions.js")).Questions({
    rooms, request: (event, payload) => connection.request(event, payload), go: (room) => navigation.go(room),
  }));
  let any = false;
  rooms.on("questions", (all) => {
    any ||= all.length > 0;
    if (any) withPart(questions, (part) => part.show(all));
  });
  rooms.on("invited", (question) => {
    any = true;
    withPart(questions, (part) => part.update(question));
  });
}
