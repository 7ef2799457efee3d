// The join requests, each with its note and the two answers.

import { byId, el, face, icon, keep } from "../../core/dom.js";
import { shortTime } from "../../core/format.js";
import { gettext } from "../../core/translate.js";
import { attempt, openModal } from "../modal.js";

export class JoinRequestsDialog {
  #rows = new Map();      // "room user" → row: somebody may be typing in one

  /** `facts`: {api, requests} */
  constructor(facts) {
    this.facts = facts;
    this.dialog = byId("join-requests");
    this.list = byId("join-requests-list");
    facts.requests.on("change", () => { if (this.dialog.open) this.#draw(); });
  }

  open() {
    this.#rows.clear();
    this.facts.requests.refresh();
    this.#draw();
    openModal(this.dialog, () => byId("join-requests-link"));
  }

  #draw() {
    const { waiting } = this.facts.requests;
    keep(this.list, waiting.map((request) => this.#rowOf(request)));
    byId("join-requests-nothing").hidden = waiting.length > 0;
    if (document.activeElement === document.body) byId("join-requests-title").focus();
  }

  #rowOf(request) {
    const key = `${request.room.id} ${request.user.id}`;
    if (!this.#rows.has(key)) this.#rows.set(key, this.#row(request));
    return this.#rows.get(key);
  }

  #row(request) {
    const { room, user, words, created_at } = request;
    const id = `answer-${room.id}-${user.id}`;
    const error = el("p.field__error", { role: "alert", hidden: true }, icon("alert", true), el("span"));
    const reason = el("input.input", { id, dir: "auto", maxLength: 200, autocomplete: "off" });
    const answer = (accept) => async ({ currentTarget }) => {
      const done = await attempt(currentTarget, error, () => this.facts.api.answer(room, user, accept, reason.value.trim()));
      if (done) this.facts.requests.refresh();
    };
    return el("li.report", {},
      el("p.report__facts", {}, face(user, { small: true }), el("b", {}, el("bdi", {}, user.name)), el("bdi", {}, `@${user.handle}`),
        el("bdi", {}, `#${room.name}`), el("time", {}, shortTime(created_at))),
      words && el("p", { dir: "auto" }, words),
      el("div.field", {}, el("label", { htmlFor: id }, gettext("Answer to %(name)s", user), " ", el("span.optional", {}, gettext("(optional)"))), reason),
      el("div.report__ways", {},
        el("button.button.button--solid", { type: "button", onclick: answer(true) }, icon("check", true), el("bdi", {}, gettext("Accept %(name)s", user))),
        el("button.button", { type: "button", onclick: answer(false) }, icon("close", true), gettext("Decline"))),
      error);
  }
}
