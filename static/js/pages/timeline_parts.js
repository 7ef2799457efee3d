// The timeline of the page of a room: how texts are rendered, where it scrolls, and the actions on messages.

import markdownIt from "markdown-it";
import { MessageActions } from "../message_actions/actions.js";
import { toast } from "../core/toast.js";
import { byId } from "../core/dom.js";
import { createMarkdown } from "../markdown/markdown.js";
import { deletedText } from "../moderation/deleted_text.js";
import { sanctionLabel } from "../moderation/sanctions/sanction_label.js";
import { withoutMessage } from "../outbox/entry.js";
import { colour } from "../markdown/code/lazy_highlighter.js";
import { remembering } from "../markdown/render_cache.js";
import { pathOf } from "../core/address.js";
import { roomName, roomSign } from "../rooms/names.js";
import { History } from "../timeline/history.js";
import { permalinkIn } from "../timeline/permalinks.js";
import { Jumps } from "../timeline/jumps.js";
import { RovingTabindex } from "../timeline/roving_tabindex.js";
import { ScrollTo } from "../timeline/scroll_to.js";
import { Quotes } from "../timeline/quotes.js";
import { ReadTracker } from "../timeline/read_tracker.js";
import { Timeline } from "../timeline/timeline.js";
import { gettext } from "../core/translate.js";

/** @typedef {Omit<RoomPage, "messageActions" | "timeline" | "scrollTo" | "tabStop" | "readTracker" | "head" | "banner" | "announcer">} PageBefore */

/** @param {PageBefore} page */
export function createTimelineParts(page) {
  const { me, connection, router } = page;
  const request = (event, payload) => connection.request(event, payload);
  const messageActions = new MessageActions({
    me, request, composer: page.composer, current: () => router.current, pick: (anchor, chosen) => page.picker.open(anchor, chosen),
    markUnread: (message) => markUnread(page, timeline, message),
  });
  const quotes = new Quotes(request, () => timeline.invalidate());
  const actions = { ...textActions(page), ...rowActions(page, messageActions), markRead: () => markRead(page, timeline) };
  const timeline = new Timeline(byId("timeline"), byId("messages"), factsOf(page, quotes), actions);
  const scrollTo = new ScrollTo(timeline, new History(timeline, request), {
    connected: () => connection.state === "live",
    missing: () => toast(connection.state === "live" ? gettext("There is no such message here.") : gettext("Not connected. Older messages load when you are back online.")),
  });
  const tabStop = new RovingTabindex(timeline);
  new Jumps(timeline, scrollTo, tabStop, { up: byId("jump-up"), mention: byId("jump-mention"), down: byId("jump-down") });
  return { messageActions, timeline, scrollTo, tabStop, readTracker: createReadTracker(page, timeline, scrollTo) };
}

/**
 * What the rows are made of.
 * @param {PageBefore} page
 * @param {Quotes} quotes
 */
function factsOf(page, quotes) {
  const { me, people, outbox, rooms } = page;
  return {
    isBlocked: (id) => rooms.blocks.has(id),
    me, pendingOf: (room) => withoutMessage(outbox.entriesOf(room.id), room, me), nameOf: (room) => roomName(room, me),
    signOf: (room) => roomSign(room, me), roleOf: (room, id) => roleOf(people, room, id),
    isShared: (room, name) => people.isShared(room.id, name), sanctionOf: (room, id) => sanctionLabel(page, room, id),
    membersOf: (room) => people.membersOf(room.id), quote: (room, seq) => quotes.want(room, seq), target: (text) => targetOf(rooms, text),
  };
}

/**
 * How a text becomes nodes.
 * @param {PageBefore} page
 */
function textActions({ people, rooms, router }) {
  const markdown = createMarkdown(markdownIt, location.origin);
  return {
    render: remembering(markdown.render), colour,
    roomBySlug: (slug) => rooms.bySlug(slug),
    personBy: (handle) => people.memberBy(router.current?.id, handle),
  };
}

/**
 * What a row offers, and what it asks about its message.
 * @param {PageBefore} page
 * @param {MessageActions} messageActions
 */
function rowActions({ me, rooms, people, connection, outbox, router, card, composer, page }, messageActions) {
  return {
    me, retry: (id) => outbox.retry(id), discard: (id) => discard(outbox, id), change: (id) => composer.takeBack(outbox.discard(id)),
    person: (person, anchor) => card.open(person, anchor), linkTo: ({ room, seq }) => linkTo(rooms.get(room), seq),
    react: messageActions.react, pickReaction: messageActions.pickReaction, restore: messageActions.restore, mayRestore: (message) => messageActions.may(message).restore,
    nameOfPerson: (id) => people.get(id).name, roleOfPerson: (id) => roleOf(people, router.current, id),
    deletedText: (message) => deletedText(router.current, message, me),
    durable: page.durable !== false,
    now: Date.now, connected: () => connection.state === "live", lasting: () => outbox.lasting,
  };
}

/**
 * @param {PageBefore} page
 * @param {Timeline} timeline
 * @param {ScrollTo} scrollTo
 */
function createReadTracker({ markers, idle, notifications: { tabs } }, timeline, scrollTo) {
  return new ReadTracker(timeline, {
    markRead: (room, seq) => markers.markRead(room, seq), opened: () => scrollTo.opened, awake: () => idle.awake,
    looked: (room) => tabs.look(room?.id ?? null),
  });
}

/** The rows can be drawn once more after the room is gone. */
function linkTo(room, seq) { return room ? pathOf(room, seq) : location.pathname; }

/** The message whose address a text has, if I am in its room. */
function targetOf(rooms, text) {
  const found = permalinkIn(text, location.origin);
  const room = found && rooms.bySlug(found.slug);
  return room?.role ? { room, seq: found.seq } : null;
}

function roleOf(people, room, id) {
  return people.membersOf(room.id)?.find((person) => person.id === id)?.role;
}

function markRead({ markers }, timeline) {
  timeline.room.held = false;
  markers.markRead(timeline.room);
  timeline.fresh = null;
  timeline.invalidate();
}

function markUnread({ markers }, timeline, { seq }) {
  markers.markUnread(timeline.room, seq);
  timeline.fresh = seq - 1;
  timeline.invalidate();
  toast(gettext("Unread from here on, until you open the room again"));
}

function discard(outbox, id) {
  const entry = outbox.discard(id);
  if (entry) toast(gettext("Message discarded"), { words: gettext("Undo"), act: () => outbox.undiscard(entry) });
}
