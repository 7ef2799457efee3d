// Everyone muted or banned in a room, each with a button to lift it: banned people are in no other list.

import { byId, el, face, fill } from "../../core/dom.js";
import { onReturn } from "../../core/on_return.js";
import { attempt, listFound } from "../modal.js";
import { nowWords } from "./sanction_texts.js";
import { gettext } from "../../core/translate.js";

export class SanctionedPeople {
  #room = null;

  /** `facts`: {api, sanctions} */
  constructor(facts) {
    this.facts = facts;
    this.list = byId("settings-held-list");
    facts.sanctions.on("change", (roomId) => { if (roomId === this.#room?.id && this.list.checkVisibility()) this.show(this.#room); });
  }

  async show(room) {
    if (room !== this.#room) fill(this.list);
    this.#room = room;
    const found = await this.facts.sanctions.inForce(room).catch(() => null);
    if (room !== this.#room) return;
    if (!found) onReturn(this, () => { if (this.list.checkVisibility()) this.show(this.#room); });
    listFound(this.list, found, (sanction) => this.#row(sanction), gettext("Nobody."));
  }

  #row(sanction) {
    const lift = el("button.button", { type: "button" }, gettext("Lift now"));
    lift.setAttribute("aria-label", gettext("Lift now: %(name)s", { name: sanction.user.name }));
    lift.addEventListener("click", () => this.#lift(sanction, lift));
    return el("li", {}, face(sanction.user, { small: true }),
      el("span.held__who", {}, el("b", {}, el("bdi", {}, sanction.user.name)), el("small", {}, nowWords(sanction))), lift);
  }

  async #lift(sanction, button) {
    const lifted = await attempt(button, byId("room-settings-error"), () => this.facts.api.lift(this.#room, sanction.user, sanction));
    if (!lifted) return;
    await this.show(this.#room);
    byId("room-settings-title").focus();
  }
}
