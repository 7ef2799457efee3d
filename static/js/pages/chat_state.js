// What every page knows and keeps in step with the server: the connection, the rooms, the people and the outbox.

import { Drafts } from "../composer/drafts.js";
import { Connection } from "../connection/connection.js";
import { dispatcher, eventTable } from "../connection/events.js";
import { followWakeUps } from "../connection/wake_up.js";
import { Outbox } from "../outbox/outbox.js";
import { IndexedStorage } from "../outbox/storage.js";
import { Tabs } from "../outbox/tabs.js";
import { Idle } from "../status/idle.js";
import { CatchUp } from "../store/catch_up.js";
import { fetchMembers, People } from "../store/people.js";
import { ReadMarkers } from "../store/read_markers.js";
import { Rooms } from "../store/rooms.js";
import { syncInPieces, wholeRooms } from "../store/sync_pieces.js";

const SENT_WITHIN = 5000;
const SPREAD = 2000;    // a room's members do not all ask for a newcomer's name in the same instant

/** @typedef {Pick<Chat, "page" | "me" | "connection" | "people" | "rooms" | "catchUp" | "outbox" | "markers" | "drafts">} ChatState */

/**
 * @param {Page} page
 * @returns {ChatState}
 */
export function createChatState(page) {
  const { me } = page;
  const connection = new Connection(page.kept);
  const people = new People(fetchMembers);
  people.learn(me);
  const rooms = new Rooms({ me, people, needSync: () => catchUp.need() });
  const catchUp = createCatchUp(me, connection, rooms);
  const outbox = new Outbox({
    storage: new IndexedStorage(me.id), tabs: new Tabs(`outbox ${me.id}`),
    request: ({ room, client_id, text, reply_to }) => connection.request("send", { room, client_id, text, reply_to }, SENT_WITHIN),
  });
  const markers = new ReadMarkers({
    request: (event, payload) => connection.request(event, payload), changed: (room) => rooms.emit("read", room),
  });
  return { page, me, connection, people, rooms, catchUp, outbox, markers, drafts: new Drafts(me) };
}

/**
 * The order matters: events of the server reach the rooms only through the catch-up, which holds them during a sync.
 * @param {Person} me
 * @param {Connection} connection
 * @param {Rooms} rooms
 */
function createCatchUp(me, connection, rooms) {
  const catchUp = new CatchUp({
    ask: () => syncInPieces(
      rooms.positions(), (payload) => connection.request("sync", payload), wholeRooms(rooms.all().length, rooms.inSight),
    ),
    apply: (/** @type {any} */ ack) => {
      if (ack.me.id !== me.id) location.reload();     // somebody else logged in: neither this page nor its outbox is theirs
      else rooms.applySync(ack);
    },
    replay: (event, payload) => dispatch(event, payload),
  });
  const dispatch = dispatcher(eventTable(rooms), catchUp);
  connection.onEvent(dispatch);
  return catchUp;
}

/**
 * Keeps the state in step with the connection; returns whether somebody sits at this device.
 * @param {ChatState} state
 */
export function followConnection({ me, connection, catchUp, outbox, rooms, markers }) {
  const idle = new Idle();
  const sendStatus = (status) => { connection.request("status", { status }).catch(() => {}); };
  idle.on("status", sendStatus);
  connection.on("connected", () => catchUp.start());
  connection.on("disconnected", () => { catchUp.stop(); outbox.disconnected(); });
  connection.on("leaving", () => markers.resend(rooms.all()));
  rooms.on("synced", () => {
    const returning = connection.state === "catching_up";
    connection.synced();
    if (returning && idle.status === "away") sendStatus("away");
    markers.resend(rooms.all());
  });
  rooms.on("unsure", (room) => markers.check(room));
  followWakeUps(() => {
    connection.tryNow();
    if (connection.state === "live") catchUp.need();
  });
  followOutbox(me, outbox, rooms);
  return idle;
}

/** What becomes of messages that were written here. */
function followOutbox(me, outbox, rooms) {
  rooms.on("synced", () => {
    for (const room of rooms.all()) outbox.check(room.id, room.epoch);
    outbox.connected();
  });
  rooms.on("messages", ({ room, added }) => {
    for (const message of added) if (message.author.id === me.id) outbox.arrived(message, room.epoch);
  });
  rooms.on("declined", (declined) => outbox.declined(declined));
  outbox.restore();
}

/**
 * Direct rooms are named after the people in them.
 * @param {ChatState} state
 */
export function followDirectRoomNames({ rooms, people }) {
  const refreshUnnamed = () => {
    for (const room of rooms.all()) if (room.kind === "direct" && !room.people) people.refresh(room);
  };
  rooms.on("list", refreshUnnamed);
  rooms.on("members", (room) => setTimeout(() => people.refresh(room), Math.random() * SPREAD));
  people.on("members", (roomId) => {
    const room = rooms.get(roomId);
    if (room?.kind !== "direct") return;
    room.people = people.membersOf(roomId);
    rooms.emit("list");
  });
}
