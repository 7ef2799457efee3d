// The head of the room: icon, name, topic, and how many people are online.

import { byId, face, fill, icon, setText } from "../core/dom.js";
import { clock } from "../core/format.js";
import { mayInvite, moderates } from "../store/policy.js";
import { directStatus, othersOf, roomIcon, roomName, roomSign } from "./names.js";
import { gettext } from "../core/translate.js";

export class RoomHead {
  constructor(me) {
    this.me = me;
    this.name = byId("room-name");
    this.topic = byId("room-topic");
    this.mark = byId("room-mark");
    this.here = byId("here");
  }

  /** `asOf`: the time of the presence that is shown, if it is not current. */
  show(room, unread, asOf) {
    setText(this.name, roomName(room, this.me));
    setText(this.topic, room.topic || (room.kind === "direct" ? "" : gettext("No topic yet")));
    this.topic.title = room.topic;
    fill(this.mark, mark(room, this.me, asOf));
    setText(this.here, asOf ? gettext("As of %(time)s", { time: clock(asOf, { seconds: true }) }) : room.synced ? hereWords(room, this.me) : "");
    byId("timeline").setAttribute("aria-label", gettext("Messages in %(room)s", { room: roomSign(room, this.me) }));
    byId("back").setAttribute("aria-label", unread ? gettext("Back to rooms, %(count)s unread", { count: unread }) : gettext("Back to rooms"));
    byId("invite-item").hidden = byId("invite-open").hidden = !mayInvite(room);
    for (const item of ["settings-item", "links-item", "words-item"]) byId(item).hidden = room.kind === "direct" || !moderates(room, this.me);
    byId("hide-item").hidden = room.kind !== "direct" || !room.role;
    byId("leave-item").hidden = room.kind === "direct" || !room.role;
  }
}

/** The face and presence of whom one writes to, or the room's icon. */
function mark(room, me, asOf) {
  const [other, ...more] = room.kind === "direct" ? othersOf(room, me) : [];
  return other && !more.length ? face(other, { small: true, status: asOf || !room.synced ? null : directStatus(room, me) }) : icon(roomIcon(room, me), true);
}

function hereWords(room, me) {
  if (othersOf(room, me).length !== 1) return gettext("%(count)s here", { count: room.online.size });
  return { active: gettext("Active"), away: gettext("Away"), offline: gettext("Offline") }[directStatus(room, me)];
}
