// Rows that are not messages: days, "New since", notices of the room, and the beginning of the room. Those with a time have an
// `update`: what they say changes at midnight, and with the clock.

import { el, hiddenWords, icon, setText } from "../../core/dom.js";
import { clock, dayLabel, dayOf } from "../../core/format.js";
import { gettext, withNodes } from "../../core/translate.js";
import { mayInvite } from "../../store/policy.js";

/** Moves up when older messages come, so the scroll position cannot be anchored to it. */
export function dayRow({ day }) {
  const label = el("time", { dateTime: day });
  return { node: el("li.day", { "data-stays": "no" }, el("h2", {}, label)), update: () => setText(label, dayLabel(day, dayOf(Date.now()))) };
}

export function freshRow({ since }, { markRead }) {
  const words = el("h2");
  const node = el("li.fresh", { id: "fresh" }, words, el("button.link", { type: "button", onclick: markRead }, gettext("Mark as read")));
  return { node, update: () => setText(words, gettext("New since %(time)s", { time: clock(since) })) };
}

export function noticeRow({ message }) {
  const time = el("time", { dateTime: new Date(message.sent_at).toISOString() });
  const node = el("li.notice", { "data-seq": message.seq }, icon(noticeIcon(message.text), true),
    el("p", {}, el("b", {}, el("bdi", {}, message.author.name)), " ", el("bdi", {}, message.text), " ", time));
  return { node, update: () => setText(time, clock(message.sent_at)) };
}

/**
 * A placeholder beside which older or newer messages are inserted without a jump. They come by scrolling; the button is for screen
 * readers, which need not scroll.
 */
export function farRow(words, load) {
  return el("li.far.far--quiet", { "data-stays": "no" }, skeleton(), el("button.visually-hidden", { type: "button", tabIndex: -1, onclick: load }, words));
}

/** Nothing is loaded yet; shown only if that takes a while. */
export function loadingRow() {
  const shapes = Array.from({ length: 6 }, () => el("div.far", {}, skeleton()));
  return el("li.loading", { "data-stays": "no" }, hiddenWords(gettext("Loading messages")), shapes);
}

export function openingRow(room, name, empty) {
  const mark = room.kind === "direct" ? "person" : room.kind === "private" ? "lock" : "hash";
  return el("li.opening", {}, el("span.opening__mark", {}, icon(mark)),
    el("h2.display", {}, empty ? gettext("Nothing here yet") : gettext("The beginning")), el("p", {}, beginning(room, name)),
    empty && mayInvite(room) && el("p", {}, el("button.button.button--solid", { type: "button", "data-opens": "invite" }, icon("people"), gettext("Invite people"))));
}

/** A public room that the person is not in. */
export function outsideRow(room, name) {
  return el("li.opening", {}, el("span.opening__mark", {}, icon("hash")), el("h2.display", {}, el("bdi", {}, name)),
    el("p", { dir: "auto" }, room.topic || gettext("No topic yet")), el("p", {}, gettext("Join to read the full history.")));
}

function skeleton() {
  return Array.from({ length: 4 }, () => el("span", { "aria-hidden": "true" }));
}

function beginning(room, name) {
  const who = el("b", {}, el("bdi", {}, name));
  if (room.kind === "direct") return withNodes(gettext("This is the very beginning of your conversation with %(room)s. Only the people in it can read it."), { room: who });
  if (room.kind === "private") return withNodes(gettext("This is the very beginning of %(room)s. Only invited people can see it."), { room: who });
  return withNodes(gettext("This is the very beginning of %(room)s. Everyone can find and join it."), { room: who });
}

function noticeIcon(text) {
  return /\b(?:joined|left)\b/.test(text) ? "person" : "info";
}
