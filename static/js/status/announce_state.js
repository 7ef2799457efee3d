// Says to screen readers what becomes of the connection and of my own messages; only what went wrong with a message interrupts.

import { announce } from "../core/announce.js";
import { spokenLine } from "../markdown/one_line.js";
import { gettext } from "../core/translate.js";

const LOST_FOR = 5000;       // as long as the banner waits: most losses are shorter
const LONGEST = 60;          // graphemes of a message

/** `connection`: an emitter of "state" */
export function announceConnection(connection, { say = announce, later = (act, delay) => setTimeout(act, delay) } = {}) {
  let told = false;
  let timer = null;
  connection.on("state", (state) => {
    clearTimeout(timer);
    if (state === "live") {
      if (told) say(gettext("Connected again."));
      told = false;
    } else if (!told) {
      timer = later(() => {
        told = true;
        say(gettext("Connection lost. Your messages are kept here and sent when you are back online."));
      }, LOST_FOR);
    }
  });
}

/** Of each message that is refused, or waits for a moderator, once. `outbox`: an emitter of "change" with a room's id */
export function announceUnsent(outbox, { say = announce } = {}) {
  const told = new Map();      // client id → state
  outbox.on("change", (roomId) => {
    for (const { client_id: id, state, text, error } of outbox.entriesOf(roomId)) {
      if (told.get(id) === state) continue;
      told.set(id, state);
      if (state === "failed" || state === "held") say(unsentWords(state, text, error), { now: true });
    }
  });
}

/** Pure. */
export function unsentWords(state, text, { message }) {
  const facts = { text: spokenLine(text, LONGEST), why: message };
  if (state === "held") return gettext("Held: “%(text)s”. %(why)s", facts);
  return gettext("Not sent: “%(text)s”. %(why)s Retry, change or discard it in the last message.", facts);
}
