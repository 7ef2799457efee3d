// Shows who is typing: at most two names, each for at most five seconds after the last sign.

import { byId, el, fill } from "../core/dom.js";
import { gettext, withNodes } from "../core/translate.js";

const GONE_AFTER = 5000;
const SAID_EVERY = 3000;

/** Tells the room that I am typing, but not with every key. */
export class TypingSender {
  #last = new Map();

  constructor(hint, now = Date.now) {
    this.hint = hint;
    this.now = now;
  }

  typed(roomId) {
    if (this.now() - (this.#last.get(roomId) ?? -Infinity) < SAID_EVERY) return;
    this.#last.set(roomId, this.now());
    this.hint("typing", { room: roomId });
  }

  /** After sending, the next key is announced again. */
  sent(roomId) { this.#last.delete(roomId); }
}

export class TypingList {
  #until = new Map();     // "room user" → {room, user, until}

  constructor({ changed, now = Date.now, later = (act, delay) => setTimeout(act, delay) }) {
    this.changed = changed;
    this.now = now;
    this.later = later;
  }

  typed(room, user) {
    this.#until.set(`${room} ${user}`, { room, user, until: this.now() + GONE_AFTER });
    this.later(() => this.changed(), GONE_AFTER + 50);
    this.changed();
  }

  /** Their message arrived: they are no longer typing it. */
  wrote(room, user) {
    if (this.#until.delete(`${room} ${user}`)) this.changed();
  }

  of(room) {
    const now = this.now();
    for (const [key, { until }] of this.#until) if (until <= now) this.#until.delete(key);
    return [...this.#until.values()].filter((entry) => entry.room === room).map((entry) => entry.user);
  }
}

/** The sentence in parts, names apart: [["Mei"], " and ", ["Ruth"], " are typing"]. */
export function typingParts(names) {
  if (names.length === 0) return [];
  if (names.length === 1) return withNodes(gettext("%(name)s is typing"), { name: [names[0]] });
  if (names.length === 2) return withNodes(gettext("%(one)s and %(other)s are typing"), { one: [names[0]], other: [names[1]] });
  return [gettext("Several people are typing")];
}

/** Draw the line under the timeline; `typing`: a TypingList. */
export function drawTyping(people, typing, room) {
  showTyping(byId("typing"), room ? typing.of(room.id).map((id) => people.get(id).name) : []);
}

function showTyping(node, names) {
  const parts = typingParts(names).map((part) => (Array.isArray(part) ? el("b", {}, el("bdi", {}, part[0])) : part));
  const words = parts.length ? el("span", {}, parts) : null;
  if (words?.textContent === node.textContent) return;
  fill(node, words && [el("span.typing__dots", { "aria-hidden": "true" }, el("i"), el("i"), el("i")), words]);
}
