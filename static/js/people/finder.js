// Finds a person by name or handle, to write to them or to invite them.

import { ask } from "../core/api.js";
import { byId, el, face, fill, icon } from "../core/dom.js";
import { isForInputMethod } from "../core/input_method.js";
import { onReturn } from "../core/on_return.js";
import { gettext, ngettext } from "../core/translate.js";

const CALM = 150;

/**
 * `choose(person)` acts on the selected person and returns a message, so that another can be selected, or nothing; `note(person)`
 * marks people who are there already; `more(person)` returns a button beside the name; `statusOf(id)` their presence.
 */
export class Finder {
  #asked = 0;
  #timer = null;

  /**
   * @param {string} id
   * @param {{choose: (person: Person) => any, note?: (person: Person) => string, more?: (person: Person) => Node | null, statusOf?: (id: number) => string | null}} facts
   */
  constructor(id, { choose, note = () => "", more = () => null, statusOf = () => null }) {
    this.choose = choose;
    this.note = note;
    this.more = more;
    this.statusOf = statusOf;
    this.dialog = byId(id);
    this.box = byId(`${id}-who`);
    this.said = byId(`${id}-said`);
    this.found = this.dialog.querySelector(".finder__found");
    this.dialog.addEventListener("opening", () => this.#begin());
    this.box.addEventListener("input", () => { clearTimeout(this.#timer); this.#timer = setTimeout(() => this.#find(), CALM); });
    this.box.addEventListener("keydown", (event) => this.#key(event));
    this.found.addEventListener("keydown", (event) => this.#keyInFound(event));
  }

  /** The people found have changed: show `said`, and search again. */
  again(said) {
    this.box.value = "";
    this.box.focus();
    return this.#find(said);
  }

  #begin() {
    if (!this.dialog.open) this.box.value = "";     // otherwise it holds what was typed while this script was loading
    this.#find();
  }

  async #find(said = "") {
    const asked = ++this.#asked;
    const people = await findPeople(this.box.value).catch(() => null);
    if (asked !== this.#asked) return;
    if (people === null) onReturn(this, () => { if (this.dialog.open) this.#find(); });
    this.said.textContent = people === null ? gettext("The search failed. Check your connection.") : people.length ? said || this.#words(people) : gettext("Nobody by that name.");
    fill(this.found, (people ?? []).map((person) => el("li", {}, this.#person(person), !this.note(person) && this.more(person))));
  }

  /** Enter chooses the first one, and nobody is to be chosen who was not named before. */
  #words(people) {
    const first = people.find((person) => !this.note(person));
    if (!this.box.value.trim() || !first) return "";
    return ngettext("%(count)s person. Enter chooses %(name)s.", "%(count)s people. Enter chooses %(name)s.", people.length, { name: first.name });
  }

  #person(person) {
    const note = this.note(person);
    return el("button.menu__item", { type: "button", disabled: Boolean(note), "data-user-id": person.id, onclick: () => this.#choose(person) },
      face(person, { small: true, status: this.statusOf(person.id) }), el("bdi", {}, person.name), el("small", { dir: "auto" }, `@${person.handle}`),
      note && el("span.tag.tag--here", {}, icon("check", true), note));
  }

  async #choose(person) {
    clearTimeout(this.#timer);
    try {
      const said = await this.choose(person);
      if (said) this.again(said);
      else this.dialog.close();
    } catch (error) {
      this.said.textContent = error.message;
    }
  }

  #key(event) {
    if (isForInputMethod(event)) return;
    if (event.key === "Enter") this.#chooseFirst();
    else if (event.key === "ArrowDown") this.found.querySelector("button:not(:disabled)")?.focus();
    else return;
    event.preventDefault();
  }

  /** Arrows go through the people found, and back to the box. */
  #keyInFound(event) {
    if (isForInputMethod(event) || !["ArrowDown", "ArrowUp"].includes(event.key)) return;
    event.preventDefault();
    const buttons = [...this.found.querySelectorAll("button:not(:disabled)")];
    const at = buttons.indexOf(event.target) + (event.key === "ArrowDown" ? 1 : -1);
    (at < 0 ? this.box : buttons[Math.min(at, buttons.length - 1)]).focus();
  }

  /** The first match for the current text, not for an earlier one. */
  async #chooseFirst() {
    clearTimeout(this.#timer);
    await this.#find();
    this.found.querySelector("button:not(:disabled)")?.click();
  }
}

export async function findPeople(words) {
  return (await ask(`/people/?q=${encodeURIComponent(words)}`)).people;
}
