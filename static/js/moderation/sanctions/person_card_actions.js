// What a moderator sees on a person's card: the current sanction, and the possible actions.

import { toast } from "../../core/toast.js";
import { byId, el, fill, icon, onSubmit } from "../../core/dom.js";
import { attempt, openModal, say } from "../modal.js";
import { moderates, powersOver } from "../../store/policy.js";
import { nowWords } from "./sanction_texts.js";
import { gettext } from "../../core/translate.js";

const ROLE_ITEMS = { member: ["moderator", gettext("Make a moderator")], moderator: ["member", gettext("Make a member again")] };

export class PersonCardActions {
  #shown = null;      // {room, person, back}

  /** `facts`: {me, sanctions, api, current(), signOf(room), moderate(room, person, back)} */
  constructor(card, facts) {
    this.card = card;
    this.facts = facts;
    card.on("open", ({ person, anchor }) => this.#open(person, anchor));
    facts.sanctions.on("change", () => this.#draw());
    onSubmit(byId("hand-over-form"), () => this.#handOver());
  }

  #open(person, anchor) {
    const userId = person.id;
    const back = () => (anchor.isConnected ? anchor : document.querySelector(`#people [data-user-id="${userId}"]`));
    this.#shown = { room: this.facts.current(), person, back };
    this.#draw();
  }

  #draw() {
    if (!this.#shown) return;
    const { room, person } = this.#shown;
    fill(byId("person-card-now"), this.#now(room, person));
    fill(byId("person-card-acts"), this.#ways(room, person));
  }

  #now(room, person) {
    const { me, sanctions } = this.facts;
    const sanction = room && sanctions.of(room, person.id);
    if (!sanction) return null;
    const mayLift = moderates(room, me) && powersOver(room, me, person).sanction;
    return el("p.popover__now", {}, icon(sanction.kind, true), el("span", {}, nowWords(sanction)),
      mayLift && el("button.link", { type: "button", onclick: () => this.#lift(sanction) }, gettext("Lift now")));
  }

  #ways(room, person) {
    const { me } = this.facts;
    const powers = room ? powersOver(room, me, person) : {};
    const [role, words] = (powers.role && ROLE_ITEMS[person.role]) || [];
    const canModerate = powers.sanction || powers.purge;
    return [
      canModerate && this.#button("shield", gettext("Moderate %(name)s", { name: person.name }), () => this.facts.moderate(room, person, this.#shown.back)),
      role && this.#button("shield", words, () => this.#setRole(role)),
      powers.handOver && this.#button("crown", gettext("Transfer ownership"), () => this.#askHandOver()),
    ].filter(Boolean);
  }

  #button(mark, words, act) {
    return el("button.button", { type: "button", onclick: () => { this.card.close(); act(); } }, icon(mark), el("bdi", {}, words));
  }

  #lift(sanction) {
    const { room, person } = this.#shown;
    this.facts.api.lift(room, person, sanction).catch(({ message }) => toast(message));
  }

  async #setRole(role) {
    const { room, person } = this.#shown;
    try {
      await this.facts.api.setRole(room, person, role);
      toast(isNow(role, { name: person.name, room: this.facts.signOf(room) }));
    } catch ({ message }) {
      toast(message);
    }
  }

  #askHandOver() {
    const { room, person, back } = this.#shown;
    byId("hand-over-words").textContent = gettext("%(name)s becomes the owner of %(room)s, and you a moderator. Only they can undo it.", { name: person.name, room: this.facts.signOf(room) });
    say(byId("hand-over-error"), "");
    openModal(byId("hand-over"), back);
  }

  async #handOver() {
    const { room, person } = this.#shown;
    const done = await attempt(byId("hand-over-do"), byId("hand-over-error"), () => this.facts.api.setRole(room, person, "owner"));
    if (done) byId("hand-over").close();
  }
}

function isNow(role, values) {
  return role === "moderator" ? gettext("%(name)s is a moderator of %(room)s now.", values) : gettext("%(name)s is a member of %(room)s now.", values);
}
