// Says new messages to screen readers, politely and in short batches, those for me first: never my own, never old ones. How much is
// the person's choice: all messages of the room that is shown, only those for me, or none.

import { announce } from "../core/announce.js";
import { listNames } from "../core/format.js";
import { spokenLine } from "../markdown/one_line.js";
import { names } from "../store/named_people.js";
import { gettext } from "../core/translate.js";

const EVERY = 2000;
const AFTER_MANY = 6000;     // else a voice never ends in a lively room
const LONGEST = 300;         // graphemes of a message alone
const SHORT = 120;           // of one of several
const EACH = 3;              // more are a sum

export class Announcer {
  #waiting = [];
  #timer = null;

  /** `preferences`: {now: {spoken: "all" | "mine" | "off"}} */
  constructor(me, preferences, { say = announce, later = (act, delay) => setTimeout(act, delay) } = {}) {
    this.me = me;
    this.preferences = preferences;
    this.say = say;
    this.later = later;
  }

  /** New messages of the room that is shown. A muted room speaks of what is for me alone. */
  add(room, messages) {
    const { spoken } = this.preferences.now;
    if (spoken === "off") return;
    const told = messages.map((message) => ({ message, kind: kindOf(room, message, this.me) }));
    this.#waiting.push(...told.filter(({ kind }) => kind || (spoken === "all" && !room.muted)));
    if (this.#waiting.length && this.#timer === null) this.#timer = this.later(() => this.#speak(), EVERY);
  }

  /** Somebody else changed or deleted the message that has the focus, or one of the newest: of others nothing is said. */
  amended(room, { seq, by, text, deleted }, { focused, nameOf }) {
    const message = room.at(seq);
    if (this.preferences.now.spoken !== "all" || by === this.me.id || !message || (seq !== focused && seq <= room.seq - EACH)) return;
    if (deleted) this.say(gettext("%(name)s deleted a message", { name: nameOf(by) }));
    else if (text !== undefined) this.say(gettext("%(name)s changed: %(text)s", { name: nameOf(by), text: spokenLine(text, SHORT) }));
  }

  /** Another room is shown: forget the new messages of the last one. */
  clear() { this.#waiting = []; }

  #speak() {
    this.#timer = null;
    const batch = this.#waiting.splice(0);
    for (const words of utterances(batch)) this.say(words);
    if (batch.length > EACH) this.#timer = this.later(() => this.#speak(), AFTER_MANY);
  }
}

/** What is said of a batch of {message, kind}, one after the other. Pure. */
export function utterances(batch) {
  if (batch.length <= EACH) return batch.map((each) => utterance(each, batch.length > 1 ? SHORT : LONGEST));
  const forMe = batch.filter(({ kind }) => kind).slice(0, EACH);
  const rest = batch.filter((each) => !forMe.includes(each)).map(({ message }) => message);
  const people = [...new Set(rest.map(({ author }) => author.name))];
  return [...forMe.map((each) => utterance(each, SHORT)), gettext("%(count)s new from %(names)s", { count: rest.length, names: listNames(people, 1) })];
}

function utterance({ message: { author, text }, kind }, longest) {
  const facts = { name: author.name, text: spokenLine(text, longest) };
  if (kind === "mention") return gettext("%(name)s mentions you: %(text)s", facts);
  if (kind === "reply") return gettext("%(name)s replies to you: %(text)s", facts);
  return `${facts.name}: ${facts.text}`;
}

function kindOf(room, message, me) {
  if (names(message, me.id)) return "mention";
  if (message.reply_to && room.at(message.reply_to)?.author.id === me.id) return "reply";
  return room.kind === "direct" ? "direct" : null;
}
