// Writes to one or more people: the same people always get the same direct room.

import { byId, el, face, fill, icon } from "../core/dom.js";
import { Finder } from "./finder.js";
import { gettext, ngettext } from "../core/translate.js";

const AT_MOST = 8;

export class WriteTo {
  #chosen = [];

  /** `facts`: {me, statusOf(id), write(people)}; `write` throws a Refusal. */
  constructor(facts) {
    this.facts = facts;
    this.chips = byId("write-to-chosen");
    this.button = byId("write-to-start");
    this.said = byId("write-to-said");
    this.finder = new Finder("write-to", {
      choose: (person) => (this.#chosen.length ? this.#add(person) : this.facts.write([person])),
      note: ({ id }) => (this.#chosen.some((person) => person.id === id) ? gettext("Chosen") : ""),
      more: (person) => this.#plus(person), statusOf: facts.statusOf,
    });
    byId("write-to").addEventListener("opening", () => { this.#chosen = []; this.#draw(); });
    this.button.addEventListener("click", () => this.#start());
  }

  #plus(person) {
    return el("button.tool", { type: "button", "aria-label": gettext("Add %(name)s to a group", { name: person.name }), title: gettext("Add to a group"), onclick: () => this.#add(person).then((said) => this.finder.again(said)) }, icon("plus", true));
  }

  async #add(person) {
    if (this.#chosen.length >= AT_MOST) throw new Error(gettext("At most %(count)s others.", { count: AT_MOST }));
    if (!this.#chosen.some(({ id }) => id === person.id)) this.#chosen.push(person);
    this.#draw();
    return gettext("%(name)s is selected.", { name: person.name });
  }

  #remove(person) {
    this.#chosen = this.#chosen.filter(({ id }) => id !== person.id);
    this.#draw();
    this.finder.again(gettext("%(name)s is no longer selected.", { name: person.name }));
  }

  #draw() {
    const count = this.#chosen.length;
    fill(this.chips, this.#chosen.map((person) => el("li", {}, face(person, { small: true }), el("bdi", {}, person.name),
      el("button.tool", { type: "button", "aria-label": gettext("Remove %(name)s", { name: person.name }), onclick: () => this.#remove(person) }, icon("close", true)))));
    this.chips.hidden = this.button.parentElement.hidden = count === 0;
    this.button.textContent = ngettext("Write to %(count)s person", "Write to %(count)s people", count);
  }

  async #start() {
    this.button.disabled = true;
    try {
      await this.facts.write(this.#chosen);
      byId("write-to").close();
    } catch (error) {
      this.said.textContent = error.message;
    } finally {
      this.button.disabled = false;
    }
  }
}
