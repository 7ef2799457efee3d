// The page of a room: what its parts are, and what each does when another one tells something.

import "dompurify";     // its minified build, half the size of the module, leaves itself on the window
import markdownIt from "markdown-it";
import { Deeds } from "./amending/deeds.js";
import { EmojiPicker } from "./emoji/picker.js";
import { startAmending } from "./amending/start.js";
import { EmojiNames } from "./emoji/names.js";
import { startRoomDialogs } from "./dialogs/room_dialogs.js";
import { toast } from "./dialogs/toast.js";
import { byId } from "./dom.js";
import { createMarkdown } from "./markdown.js";
import { deletedText } from "./moderation/deleted_text.js";
import { heldWords } from "./moderation/held.js";
import { startModerationInRoom } from "./moderation/in_room.js";
import { Highlighter } from "./prose/highlighter.js";
import { remembering } from "./prose/remembering.js";
import { drawTyping, followNews } from "./room_news.js";
import { PersonCard } from "./people/person_card.js";
import { PeoplePanel } from "./people/people_panel.js";
import { withoutMessage } from "./outbox/entry.js";
import { pathOf } from "./rooms/address.js";
import { startPanes } from "./rooms/panes.js";
import { roomName, roomSign } from "./rooms/names.js";
import { RoomHead } from "./rooms/room_head.js";
import { Router } from "./rooms/router.js";
import { Announcer } from "./status/announcer.js";
import { Banner } from "./status/banner.js";
import { History } from "./timeline/history.js";
import { Jumps } from "./timeline/jumps.js";
import { Places } from "./timeline/places.js";
import { Quotes } from "./timeline/quotes.js";
import { Reader } from "./timeline/reader.js";
import { Timeline } from "./timeline/timeline.js";
import { Composer } from "./writing/composer.js";
import { startWritingTools } from "./writing/tools.js";
import { TypingList, TypingSender } from "./writing/typing.js";

export function startRoomPage(chat) {
  const parts = assemble(chat);
  const page = { ...chat, ...parts };
  chat.current = () => parts.router.current;
  chat.go = (room, seq) => parts.router.go(room, seq);
  chat.recent = () => parts.router.recent;
  startRoomDialogs(page);
  startModerationInRoom(page);
  startPanes(chat.keyboard, () => parts.composer.focus());
  startAmending(page);
  followNews(page);
  followPerson(page);
  parts.router.follow();
}

function assemble(chat) {
  const { me, rooms, people, connection, outbox, drafts, moderation } = chat;
  const roleOf = (room, id) => people.membersOf(room.id)?.find((person) => person.id === id)?.role;
  const heldOf = (room, id) => heldWords(chat, room, id);
  const request = (event, payload) => connection.request(event, payload);
  const card = new PersonCard({
    me,
    find: (id) => whoIs(chat, router.current, id),
    mayMention: ({ id, handle, role }) => id !== me.id && Boolean(handle && role) && composer.isOpen,
  });
  const composer = new Composer(drafts, (room) => moderation.slowMode.secondsFor(room));
  const router = new Router(rooms);
  const names = new EmojiNames();
  const picker = new EmojiPicker(names);
  const deeds = new Deeds({
    me, request, composer, current: () => router.current, pick: (anchor, chosen) => picker.open(anchor, chosen),
    markUnread: (message) => markUnread(chat, timeline, message),
  });
  const markdown = createMarkdown(markdownIt, window.DOMPurify, location.origin);
  const quotes = new Quotes(request, () => timeline.invalidate());
  const highlighter = new Highlighter(markdown.coloured);
  const timeline = new Timeline(byId("timeline"), byId("messages"), {
    me, pendingOf: (room) => withoutMessage(outbox.entriesOf(room.id), room, me), nameOf: (room) => roomName(room, me), signOf: (room) => roomSign(room, me),
    roleOf, heldOf, membersOf: (room) => people.membersOf(room.id), quote: (room, seq) => quotes.want(room, seq),
  }, {
    render: remembering(markdown.render), colour: (prose) => highlighter.colour(prose),
    personBy: (handle) => people.memberBy(router.current?.id, handle),
    retry: (id) => outbox.retry(id),
    discard: (id) => discard(outbox, id), change: (id) => composer.takeBack(outbox.discard(id)),
    person: (person, anchor) => card.open(person, anchor),
    linkTo: ({ room, seq }) => pathOf(rooms.get(room), seq),
    react: deeds.react, pickReaction: deeds.pickReaction, restore: deeds.restore, me, nameOfPerson: (id) => people.get(id).name,
    roleOfPerson: (id) => roleOf(router.current, id), deletedText: (message) => deletedText(router.current, message, me), mayRestore: (message) => deeds.may(message).restore,
    markRead: () => { timeline.room.held = false; chat.markers.markRead(timeline.room); timeline.fresh = null; timeline.invalidate(); },
    now: Date.now, connected: () => connection.state === "live", lasting: () => outbox.lasting,
  });
  startWritingTools({ me, names, picker, room: () => router.current, membersOf: (room) => people.membersOf(room.id) });
  const history = new History(timeline, request);
  const places = new Places(timeline, history, {
    connected: () => connection.state === "live",
    missing: () => toast(connection.state === "live" ? "There is no such message here." : "Not connected: what is further back comes with the connection."),
  });
  new Jumps(timeline, places, { up: byId("jump-up"), mention: byId("jump-mention"), down: byId("jump-down") });
  const parts = {
    timeline, card, router, composer, deeds, head: new RoomHead(me),
    places,
    reader: new Reader(timeline, {
      markRead: (room, seq) => chat.markers.markRead(room, seq), opened: () => parts.places.opened, awake: () => chat.idle.awake,
      looked: (room) => chat.tabs.look(room?.id ?? null),
    }),
    panel: new PeoplePanel({ me, membersOf: (room) => people.membersOf(room.id), heldOf, person: (person, anchor) => card.open(person, anchor) }),
    banner: new Banner(byId("banner"), connection), announcer: new Announcer(byId("announcer")),
    typing: new TypingList({ changed: () => drawTyping(chat, parts) }),
    typingSender: new TypingSender((event, payload) => connection.hint(event, payload)),
  };
  return parts;
}

function followPerson({ card, composer, outbox, places, typingSender, list, connection, rooms, router, people }) {
  composer.on("send", ({ room, text, replyTo }) => {
    outbox.add(room.id, text, replyTo);
    typingSender.sent(room.id);
    places.toPresent();
  });
  card.on("mention", ({ handle }) => composer.insert(`@${handle} `));
  composer.on("typing", (room) => typingSender.typed(room.id));
  composer.on("draft", () => list.invalidate());
  composer.on("join", async (room) => {
    try {
      const { room: state } = await connection.request("join", { room: room.id });
      people.forget(room.id);   // the list that we have is without me
      router.go(rooms.add(state));
    } catch (error) {
      toast(error.message);
    }
  });
}

function whoIs({ people }, room, id) {
  const member = room && people.membersOf(room.id)?.find((person) => person.id === id);
  return { ...people.get(id), ...member, status: room?.role ? room.online.get(id) ?? "offline" : null };
}

function markUnread({ markers }, timeline, { seq }) {
  markers.markUnread(timeline.room, seq);
  timeline.fresh = seq - 1;
  timeline.invalidate();
  toast("Unread from here on, until you open the room again");
}

function discard(outbox, id) {
  const entry = outbox.discard(id);
  if (entry) toast("Message discarded", { words: "Undo", act: () => outbox.undiscard(entry) });
}
