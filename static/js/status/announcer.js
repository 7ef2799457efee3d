// Announces new messages to screen readers, politely and in batches: one in full, more as a sum; never my own, never old ones.

import { listNames } from "../core/format.js";
import { oneLine } from "../markdown/one_line.js";
import { gettext } from "../core/translate.js";

const EVERY = 2000;
const LONGEST = 300;

export class Announcer {
  #waiting = [];
  #timer = null;

  constructor(node) {
    this.node = node;
  }

  add(messages) {
    this.#waiting.push(...messages);
    if (this.#timer === null) this.#timer = setTimeout(() => this.#speak(), EVERY);
  }

  /** Another room is shown: forget the new messages of the last one. */
  clear() { this.#waiting = []; }

  #speak() {
    this.#timer = null;
    if (this.#waiting.length) this.node.textContent = announcement(this.#waiting.splice(0));
  }
}

/** Pure. */
export function announcement(messages) {
  const names = [...new Set(messages.map((message) => message.author.name))];
  if (messages.length === 1) return `${names[0]}: ${oneLine(messages[0].text, LONGEST)}`;
  return gettext("%(count)s new from %(names)s", { count: messages.length, names: listNames(names, 1) });
}
