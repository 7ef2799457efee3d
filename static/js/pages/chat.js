// What every page of the chat has: the socket, the rooms behind it, and the list of them at the side.

import { Connection } from "../connection/connection.js";
import { startLayers } from "../dialogs/layers.js";
import { startLanguageChoice, startThemeChoice } from "../dialogs/page_choices.js";
import { byId } from "../core/dom.js";
import { dispatcher, eventTable } from "../connection/events.js";
import { startKeyboard } from "../keyboard/start_keyboard.js";
import { startMentions } from "../mentions/start_mentions.js";
import { startModeration } from "../moderation/start_moderation.js";
import { startNotifying } from "../notifications/start_notifications.js";
import { Outbox } from "../outbox/outbox.js";
import { IndexedStorage } from "../outbox/storage.js";
import { Tabs } from "../outbox/tabs.js";
import { Questions } from "../rooms/questions.js";
import { pathOf } from "../core/address.js";
import { RoomsList } from "../rooms/rooms_list.js";
import { startWays } from "../rooms/navigation.js";
import { startMe } from "../people/me.js";
import { ConnectionLine } from "../status/connection_line.js";
import { Idle } from "../status/idle.js";
import { followWakeUps } from "../connection/wake_up.js";
import { CatchUp } from "../store/catch_up.js";
import { fetchMembers, People } from "../store/people.js";
import { ReadMarkers } from "../store/read_markers.js";
import { Rooms } from "../store/rooms.js";
import { syncInPieces } from "../store/sync_pieces.js";
import { Drafts } from "../composer/drafts.js";

const SENT_WITHIN = 5000;
const SPREAD = 2000;    // a room's members do not all ask for a newcomer's name in one instant

export function startChat(page) {
  const chat = assemble(page);
  chat.moderation = startModeration(chat);
  chat.rooms.seed(page.rooms);
  for (const state of page.states ?? [page.state]) if (state) chat.rooms.add(state);
  followConnection(chat);
  followNames(chat);
  showSide(chat);
  startLayers();
  startKeyboard(chat);
  startThemeChoice();
  startLanguageChoice();
  startWays(chat);
  startNotifying(chat);
  startMe(chat);
  startMentions(chat);
  return chat;
}

function assemble(page) {
  const { me } = page;
  const connection = new Connection(page.kept);
  const people = new People(fetchMembers);
  people.learn(me);
  const rooms = new Rooms({ me, people, needSync: () => catchUp.need() });
  const catchUp = new CatchUp({
    ask: () => syncInPieces(rooms.positions(), (payload) => connection.request("sync", payload)),
    apply: (ack) => {
      if (ack.me.id !== me.id) location.reload();     // somebody else logged in: this page is not theirs, nor its outbox
      else rooms.applySync(ack);
    },
    replay: (event, payload) => dispatch(event, payload),
  });
  const dispatch = dispatcher(eventTable(rooms), catchUp);
  connection.onEvent(dispatch);
  const outbox = new Outbox({
    storage: new IndexedStorage(me.id), tabs: new Tabs(`outbox ${me.id}`),
    request: ({ room, client_id, text, reply_to }) => connection.request("send", { room, client_id, text, reply_to }, SENT_WITHIN),
  });
  const markers = new ReadMarkers({
    request: (event, payload) => connection.request(event, payload), changed: (room) => rooms.emit("read", room),
  });
  return { page, me, connection, people, rooms, catchUp, outbox, markers, drafts: new Drafts(me), current: () => null };
}

function followConnection(chat) {
  const { connection, catchUp, outbox, rooms, markers } = chat;
  const idle = new Idle();
  idle.on("status", tellStatus);
  connection.on("connected", () => catchUp.start());
  connection.on("disconnected", () => { catchUp.stop(); outbox.disconnected(); });
  rooms.on("synced", () => {
    const returning = connection.state === "catching_up";
    connection.synced();
    for (const room of rooms.all()) outbox.check(room.id, room.epoch);
    outbox.connected();
    if (returning && idle.status === "away") tellStatus("away");
  });
  rooms.on("messages", ({ room, added }) => {
    for (const message of added) if (message.author.id === chat.me.id) outbox.arrived(message, room.epoch);
  });
  rooms.on("unsure", (room) => markers.check(room));
  rooms.on("synced", () => markers.resend(rooms.all()));
  connection.on("leaving", () => markers.resend(rooms.all()));
  rooms.on("declined", (told) => outbox.declined(told));
  followWakeUps(() => {
    connection.tryNow();
    if (connection.state === "live") catchUp.need();
  });
  outbox.restore();
  chat.idle = idle;

  function tellStatus(status) {
    connection.request("status", { status }).catch(() => {});
  }
}

function followNames({ rooms, people }) {
  const nameDirectRooms = () => {
    for (const room of rooms.all()) if (room.kind === "direct" && !room.people) people.refresh(room);
  };
  rooms.on("list", nameDirectRooms);
  rooms.on("members", (room) => setTimeout(() => people.refresh(room), Math.random() * SPREAD));
  people.on("members", (roomId) => {
    const room = rooms.get(roomId);
    if (room?.kind !== "direct") return;
    room.people = people.membersOf(roomId);
    rooms.emit("list");
  });
}

function showSide(chat) {
  const { connection, rooms, outbox, catchUp } = chat;
  chat.list = new RoomsList(rooms, { roomLinks: byId("room-links"), directLinks: byId("direct-links") }, {
    me: chat.me, hasDraft: (id) => chat.drafts.has(id), current: () => chat.current()?.id ?? null });
  const line = new ConnectionLine(byId("line"), () => ({
    state: connection.state === "live" && catchUp.late ? "catching_up" : connection.state,
    lastLive: connection.lastLive, nextTry: connection.nextTry, rooms: rooms.all().length, sending: outbox.sending,
  }));
  connection.on("state", () => line.render());
  outbox.on("change", () => line.render());
  catchUp.changed = () => line.render();
  for (const change of ["list", "messages", "read", "presence"]) rooms.on(change, () => chat.list.invalidate());
  rooms.on("blocks", () => chat.list.invalidate());
  new Questions({
    rooms, request: (event, payload) => connection.request(event, payload),
    go: (room) => { if (chat.go) chat.go(room); else location.assign(pathOf(room)); },
  });
  chat.list.render();
}
