// Who someone is, on a press, and the way to write to them.

import { byId, face } from "../dom.js";
import { Emitter } from "../emitter.js";
import { openPopover } from "../dialogs/layers.js";

const ROLES = { owner: "owner of this room", moderator: "moderator of this room" };

/** Tells `open` with {person, anchor}, so that others put what they offer into it, and `write` with the person. */
export class PersonCard extends Emitter {
  #person = null;

  /** `facts`: {me, find(id) → {handle, name, role?, status?}} */
  constructor(facts) {
    super();
    this.facts = facts;
    this.card = byId("person-card");
    byId("person-card-write").addEventListener("click", () => this.#write());
  }

  open(person, anchor) {
    this.#person = { ...person, ...this.facts.find(person.id) };
    const { handle, name, role, status } = this.#person;
    byId("person-card-name").textContent = name;
    byId("person-card-facts").textContent = [handle && `@${handle}`, status, ROLES[role]].filter(Boolean).join(", ");
    const picture = face(this.#person, { status });
    picture.id = "person-card-face";
    byId("person-card-face").replaceWith(picture);
    byId("person-card-write").hidden = person.id === this.facts.me.id;
    this.emit("open", { person: this.#person, anchor });
    openPopover(this.card, anchor);
  }

  close() { this.card.hidePopover(); }

  #write() {
    this.close();
    this.emit("write", this.#person);
  }
}
