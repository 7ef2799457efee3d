// Join requests for the rooms that I moderate, and the answers to mine: `answered` with {room, name, slug, state, answer}.

import { moderates } from "../../store/policy.js";
import { RefreshingList } from "../refreshing_list.js";
import { gettext } from "../../core/translate.js";

export class JoinRequests extends RefreshingList {
  waiting = [];

  constructor({ me, rooms, fetchAll, later = undefined }) {
    super({ fetchAll, later });
    this.me = me;
    this.rooms = rooms;
    rooms.on("request", (told) => this.#told(told));
    rooms.on("synced", () => { if (this.concernMe) this.refreshSoon(); });
  }

  get concernMe() { return this.me.staff || this.rooms.all().some((room) => room.kind === "private" && moderates(room, this.me)); }

  take({ requests }) { this.waiting = requests; }

  #told(told) {
    if (told.user === this.me.id) this.emit("answered", told);
    else this.refreshSoon();
  }
}

/** The answer as the person who asked reads it. Pure. */
export function answerText({ name, state, answer }) {
  const words = state === "accepted" ? gettext("You are in #%(name)s now.", { name }) : gettext("Your request to join #%(name)s was declined.", { name });
  return [words, answer].filter(Boolean).join(" ");
}
