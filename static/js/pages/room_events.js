// How the page of a room reacts to events of the rooms, the people and the connection.

import { announce } from "../core/announce.js";
import { attention } from "../rooms/attention.js";
import { byId } from "../core/dom.js";
import { roomSign } from "../rooms/names.js";
import { joinWords, shortTime } from "../core/format.js";
import { timeNotation } from "../core/time_notation.js";
import { everySecond } from "../core/ticks.js";
import { RoomState } from "../store/room_state.js";
import { drawTyping } from "../composer/typing.js";
import { gettext, ngettext } from "../core/translate.js";

const KEPT = 200;       // messages of a room that is not shown
const AT_HAND = 2000;   // messages of the room that is shown at its end

/** @param {RoomPage} page */
export function followRoomEvents(page) {
  const { rooms, people, router, timeline, scrollTo, panel, typing, readTracker, banner, connection, outbox, idle } = page;
  router.on("room", ({ room, seq }) => show(page, room, seq));
  let pane = null;
  router.on("pane", (shown) => {
    timeline.render();
    if (pane) focusPane(shown);     // a page that was just loaded has the focus at its top
    pane = shown;
  });
  router.on("outside", (slug) => showOutside(page, slug));
  rooms.on("list", () => { router.renamed(); drawHead(page); banner.render(); });
  rooms.on("reset", (room) => { if (room === router.current) { scrollTo.reset(room); banner.render(); } });
  rooms.on("messages", (news) => takeMessages(page, news));
  rooms.on("amended", ({ room, amendment }) => {
    if (room !== router.current || rooms.blocks.has(amendment.by)) return;
    const focused = Number(/** @type {HTMLElement | null} */ (document.activeElement?.closest("li[data-seq]"))?.dataset.seq);
    page.announcer.amended(room, amendment, { focused, nameOf: (id) => people.get(id).name });
  });
  rooms.on("read", () => { drawHead(page); timeline.invalidate(); });
  rooms.on("presence", (room) => { if (room === router.current) { panel.invalidate(); drawHead(page); } });
  rooms.on("typing", ({ room, user }) => typing.typed(room.id, user));
  rooms.on("synced", () => { if (!router.current) router.follow(); });
  rooms.on("blocks", () => timeline.invalidate());
  rooms.on("left", (room) => router.leave(room));
  rooms.on("removed", ({ room, reason, until }) => { banner.notice(removalNotice(page.me, room, reason, until)); router.leave(room); });
  rooms.on("missing", (gone) => { banner.notice(missingNotice(page.me, gone)); for (const room of gone) router.leave(room); });
  people.on("members", (id) => { if (id === router.current?.id) { panel.invalidate(); timeline.invalidate(); drawTyping(people, typing, router.current); } });
  idle.on("awake", () => readTracker.look());
  timeline.on("scroll", (byPerson) => { if (byPerson) idle.sign(); });
  connection.on("state", (state) => { timeline.invalidate(); banner.render(); drawHead(page); if (state === "live") panel.renew(); });
  timeNotation.on("change", () => { timeline.invalidate(); banner.render(); drawHead(page); });
  outbox.on("change", (room) => { if (room === router.current?.id) timeline.invalidate(); });
  everySecond(() => { if (outbox.entriesOf(router.current?.id).some(({ until, error }) => until && error)) timeline.invalidate(); });
}

/**
 * Where one pane is shown at a time, what was pressed to get here is hidden now: the room's name gets the focus, or the room's link.
 * @param {string} pane
 */
function focusPane(pane) {
  const focused = document.activeElement;
  if (focused !== document.body && focused?.checkVisibility()) return;
  if (pane === "rooms") /** @type {HTMLElement | null} */ (document.querySelector("#rooms .room-link[aria-current]"))?.focus();
  else byId("room-name").focus({ preventScroll: true });
}

/**
 * @param {RoomPage} page
 * @param {Room} room
 * @param {number | null} seq
 */
function show(page, room, seq) {
  room.held = false;
  page.rooms.inSight = room.id;
  const { scrollTo, composer, panel, announcer, banner, rooms, people, list, me } = page;
  for (const other of rooms.all()) if (other !== room) other.trim(KEPT);
  if (page.shownBefore) announce(roomWords(room, roomSign(room, me)));
  page.shownBefore = true;
  announcer.clear();
  scrollTo.show(room, seq);
  composer.show(room, roomSign(room, me));
  panel.show(room);
  people.refresh(room);
  banner.show(room);
  list.render();
  drawHead(page);
  drawTyping(people, page.typing, room);
}

/** "#garden, 4 unread since 09:12". Pure. */
export function roomWords({ unread, read, tail }, sign) {
  if (!unread) return gettext("%(room)s, nothing new", { room: sign });
  const first = tail.at(read + 1);
  const since = first && gettext("since %(time)s", { time: shortTime(first.sent_at) });
  return [ngettext("%(room)s, %(count)s unread", "%(room)s, %(count)s unread", unread, { room: sign }), since].filter(Boolean).join(" ");
}

/**
 * A public room that one is not in comes with the page; for anything else the server is asked.
 * @param {RoomPage} page
 * @param {string} slug
 */
function showOutside(page, slug) {
  const facts = page.page.room;
  if (facts?.slug === slug) page.router.showOutside(new RoomState(facts));
  else if (page.page.kept && page.connection.state !== "live") page.router.leave(page.router.current);    // neither stored nor available
  else location.assign(location.pathname);
}

/**
 * @param {RoomPage} page
 * @param {{room: Room, added: Message[], live: boolean}} arrived
 */
function takeMessages(page, { room, added, live }) {
  const { rooms, router, me, timeline, typing, readTracker, announcer } = page;
  for (const message of added) typing.wrote(room.id, message.author.id);
  if (room !== router.current) {
    room.trim(KEPT * 2);
    return drawHead(page);   // the back button shows the count
  }
  const others = added.filter((message) => message.author.id !== me.id);
  if (others.length && !(live && readTracker.present)) readTracker.missed(room);
  if (timeline.anchor.following) room.bound(AT_HAND, { older: false });
  if (live) {
    timeline.arrived(others);
    announcer.add(room, others.filter(({ author }) => !rooms.blocks.has(author.id)));
  }
  timeline.invalidate();
  drawHead(page);
}

/** @param {RoomPage} page */
function drawHead({ head, router, rooms, composer, panel, connection, notifications, me, page }) {
  const room = router.current;
  const serverName = page.server ?? "Parley";     // the shell for reading offline is about nobody and no server
  notifications.tabMark.name(room ? `${roomSign(room, me)} · ${serverName}` : serverName);
  if (!room) return;
  const asOf = connection.state === "lost" ? connection.lastLive : null;
  head.show(room, attention(rooms.all()).unread, asOf);
  panel.asOf(asOf);
  composer.refresh();
  panel.invalidate();
}

/** What happened while there was no connection. The server does not say why; the room's own page does, to those it may tell. */
function missingNotice(me, rooms) {
  return { icon: "ban", tone: "broken", strong: gettext("You are no longer in %(rooms)s.", { rooms: joinWords(rooms.map((room) => roomSign(room, me))) }), words: ` ${gettext("You left or were removed while this page was not connected.")}` };
}

function removalNotice(me, room, reason, until) {
  const till = until ? ` ${gettext("until %(time)s", { time: shortTime(until) })}` : "";
  return { icon: "ban", tone: "broken", strong: gettext("You were removed from %(room)s", { room: roomSign(room, me) }), words: `${till}${reason ? `: ${reason}` : "."}` };
}
