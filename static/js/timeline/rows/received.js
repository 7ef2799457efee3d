// What the time of a message says of where the message is. Pure.

import { gettext } from "../../core/translate.js";

/** Whether a message of one's own is known to be received and no more: this server's Redis does not sync each one to disk. */
export function isReceivedOnly({ seq, author }, { me, durable }) {
  return Boolean(seq) && author.id === me.id && !durable;
}

/** The title of a message's time. */
export function timeTitle(time, receivedOnly) {
  return receivedOnly ? `${time} · ${gettext("received, perhaps not on disk yet")}` : time;
}
