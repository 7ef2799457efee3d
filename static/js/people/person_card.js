// The card of a person, with buttons to write to or mention them.

import { byId, el, face, fill } from "../core/dom.js";
import { Emitter } from "../core/emitter.js";
import { openPopover } from "../dialogs/layers.js";
import { gettext } from "../core/translate.js";

const STATUSES = { active: gettext("active now"), away: gettext("away"), offline: gettext("offline") };
const ROLES = { owner: gettext("owner of this room"), moderator: gettext("moderator of this room") };

/** Emits `open` with {person, anchor}, so that other parts can add content, and `write` and `mention` with the person. */
export class PersonCard extends Emitter {
  #person = null;

  /** `facts`: {me, find(id) → {handle, name, role?, status?}, mayMention(person) → whether they can be mentioned here} */
  constructor(facts) {
    super();
    this.facts = facts;
    this.card = byId("person-card");
    for (const way of ["write", "mention"]) byId(`person-card-${way}`).addEventListener("click", () => this.#go(way));
  }

  open(person, anchor) {
    this.#person = { ...person, ...this.facts.find(person.id) };
    const { handle, name, role, status } = this.#person;
    byId("person-card-name").textContent = name;
    const facts = [handle && el("bdi", {}, `@${handle}`), STATUSES[status], ROLES[role]].filter(Boolean);
    fill(byId("person-card-facts"), facts.flatMap((fact, at) => (at ? [", ", fact] : [fact])));
    const picture = face(this.#person, { status });
    picture.id = "person-card-face";
    byId("person-card-face").replaceWith(picture);
    byId("person-card-write").hidden = person.id === this.facts.me.id;
    byId("person-card-mention").hidden = !this.facts.mayMention(this.#person);
    byId("person-card-mention").lastElementChild.textContent = gettext("Mention @%(handle)s", { handle });
    this.emit("open", { person: this.#person, anchor });
    openPopover(this.card, anchor);
  }

  close() { this.card.hidePopover(); }

  #go(way) {
    this.close();
    this.emit(way, this.#person);
  }
}
