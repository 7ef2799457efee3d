// Invitations back to rooms that I left, in the sidebar with the two answers.

import { toast } from "../core/toast.js";
import { byId, el, icon, keep } from "../core/dom.js";
import { gettext, withNodes } from "../core/translate.js";

export class Questions {
  waiting = [];         // {room, name, slug, kind, by}
  #rows = new Map();    // room id → row

  /** `facts`: {rooms, request(event, payload), go(room state)} */
  constructor({ rooms, request, go }) {
    this.rooms = rooms;
    this.request = request;
    this.go = go;
    this.list = byId("questions");
  }

  /** One more invitation, or {room, answered}: that one is closed. */
  update(question) {
    const others = this.waiting.filter(({ room }) => room !== question.room);
    this.show(question.answered ? others : [question, ...others]);
  }

  show(all) {
    this.waiting = all;
    for (const id of this.#rows.keys()) if (!all.some(({ room }) => room === id)) this.#rows.delete(id);
    const rows = all.map((question) => this.#row(question));
    this.list.hidden = !rows.length;
    keep(this.list, rows);
  }

  #row(question) {
    if (!this.#rows.has(question.room)) this.#rows.set(question.room, this.#make(question));
    return this.#rows.get(question.room);
  }

  #make(question) {
    const room = el("bdi", {}, `${question.kind === "private" ? "" : "#"}${question.name}`);
    const answer = (accept, words) => el("button.button", { type: "button", onclick: ({ currentTarget }) => this.#answer(question, accept, currentTarget) }, icon(accept ? "check" : "close", true), words);
    return el("li.question", {},
      el("p", {}, question.by ? withNodes(gettext("%(name)s invites you back to %(room)s"), { name: el("bdi", {}, question.by.name), room })
        : withNodes(gettext("You are invited back to %(room)s"), { room })),
      el("p.question__ways", {}, answer(true, gettext("Join")), answer(false, gettext("Decline"))));
  }

  async #answer({ room }, accept, button) {
    button.disabled = true;
    try {
      const ack = await this.request("answer_invitation", { room, accept });
      this.update({ room, answered: true });
      if (accept) this.go(this.rooms.add(ack.room));
    } catch ({ message }) {
      toast(message);
    }
    button.disabled = false;
  }
}
