// One search result, between the message before it and the one after.

import { el, icon } from "../core/dom.js";
import { clock, dayLabel, dayOf, fullTime } from "../core/format.js";
import { pathOf } from "../core/address.js";
import { oneLine } from "../markdown/one_line.js";
import { excerpt, placesOf } from "./excerpt.js";
import { roomIcon, roomName } from "../rooms/names.js";
import { gettext } from "../core/translate.js";

/** `facts`: {me, room (of the hit), now, places: where a line of it is marked, see excerpt.js} */
export function hitRow(hit, { me, room, now, places = placesOf(hit.found) }) {
  const id = `hit-${hit.room}-${hit.seq}`;
  const around = [hit.before && `${id}-before`, hit.after && `${id}-after`].filter(Boolean).join(" ");
  const link = el("a.hit__link", { href: pathOf(room, hit.seq), "aria-labelledby": `${id}-head ${id}-text`, "aria-describedby": around || null },
    el("span.hit__text", { id: `${id}-text`, dir: "auto" }, marked(excerpt(hit.text, places))));
  return el("li.hit", {},
    el("p.hit__head", { id: `${id}-head` },
      el("span.hit__room", {}, icon(roomIcon(room, me), true), el("bdi", {}, roomName(room, me))),
      el("bdi.hit__author", {}, hit.author?.name ?? gettext("Someone")), time(hit.sent_at, now)),
    beside(hit.before, `${id}-before`), link, beside(hit.after, `${id}-after`));
}

/** Every second piece is a match. */
function marked(pieces) {
  return pieces.map((piece, at) => (at % 2 ? el("mark", {}, piece) : piece));
}

function beside(message, id) {
  return message && el("p.hit__beside", { id }, el("bdi", {}, message.author?.name ?? gettext("Someone")), ": ", el("bdi", {}, oneLine(message.text)));
}

function time(sentAt, now) {
  return el("time", { dateTime: new Date(sentAt).toISOString(), title: fullTime(sentAt) },
    `${dayLabel(dayOf(sentAt), dayOf(now))} ${clock(sentAt)}`);
}
