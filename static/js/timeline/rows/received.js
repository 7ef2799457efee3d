// What the time of a message says about where it is stored. Pure.

import { gettext } from "../../core/translate.js";

/** Whether my message is known to be received but not stored: this server's Redis does not sync each one to disk. */
export function isReceivedOnly({ seq, author }, { me, durable }) {
  return Boolean(seq) && author.id === me.id && !durable;
}

/** The title of a message's time. */
export function timeTitle(time, receivedOnly) {
  return receivedOnly ? `${time} · ${gettext("received, possibly not saved yet")}` : time;
}
