// Completes the word at the caret: people after "@", rooms after "#", emoji after ":". The list lies above the box and the
// focus stays in the box: arrows select, Enter or Tab insert, Esc closes.

import { announce } from "../../core/announce.js";
import { byId, el, fill } from "../../core/dom.js";
import { replaceRange } from "../edit_text.js";
import { isForInputMethod } from "../../core/input_method.js";
import { ngettext } from "../../core/translate.js";

const CALM = 500;          // ms without a key until the list is spoken of
const LOOK_BACK = 60;      // characters before the caret; no name is longer

export class Completion {
  #source = null;
  #query = null;
  #items = [];
  #at = 0;
  #telling;                // the timer of what is said of the list
  #closed = null;          // the word for which the person closed the list

  /** `sources`: [{title(query), pattern, find(query) → [{text, node}], ready?() → promise}]; the pattern's first group is the word. */
  constructor(box, sources) {
    this.box = box;
    this.sources = sources;
    this.layer = byId("suggest");
    this.title = byId("suggest-title");
    this.list = byId("suggest-list");
    box.addEventListener("keydown", (event) => this.#key(event), { capture: true });   // before it is the box's own
    box.addEventListener("input", () => this.look());
    box.addEventListener("click", () => this.look());
    box.addEventListener("blur", () => this.close());
    this.list.addEventListener("pointerdown", (event) => event.preventDefault());     // the focus stays where it is
    this.list.addEventListener("click", ({ target }) => this.#take(Number(target.closest("[role=option]")?.dataset.at ?? -1)));
  }

  /** Offer what fits the word at the caret. */
  look() {
    const { source, query } = this.#wordAtCaret() ?? {};
    if (!source || query === this.#closed) return this.close();
    this.#closed = null;
    this.#source = source;
    this.#query = query;
    this.#offer();
    source.ready?.().then(() => { if (this.#query === query) this.#offer(); });
  }

  close() {
    this.#query = null;
    this.#hide();
  }

  #hide() {
    this.layer.hidden = true;
    for (const name of ["aria-activedescendant", "aria-controls"]) this.box.removeAttribute(name);
  }

  #key(event) {
    if (this.layer.hidden || isForInputMethod(event) || event.shiftKey || event.ctrlKey || event.metaKey || event.altKey) return;
    const keys = {
      ArrowDown: () => this.#move(1), ArrowUp: () => this.#move(-1),
      Enter: () => this.#take(this.#at), Tab: () => this.#take(this.#at), Escape: () => this.#dismiss(),
    };
    if (!keys[event.key]) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    keys[event.key]();
  }

  #wordAtCaret() {
    const { selectionStart: end, selectionEnd, value } = this.box;
    if (end !== selectionEnd) return null;
    const before = value.slice(Math.max(0, end - LOOK_BACK), end);
    for (const source of this.sources) {
      const found = source.pattern.exec(before);
      if (found) return { source, query: found[1] };
    }
    return null;
  }

  #offer() {
    this.#items = this.#source.find(this.#query);
    this.#at = 0;
    if (!this.#items.length) return this.#hide();
    this.title.firstElementChild.textContent = this.#source.title(this.#query);
    fill(this.list, this.#items.map(({ text, node }, at) => el("li", { role: "option", id: idOf(text), "data-at": at }, node)));
    this.layer.hidden = false;
    this.box.setAttribute("aria-controls", "suggest-list");
    this.#move(0);
    clearTimeout(this.#telling);
    this.#telling = setTimeout(() => this.#tell(), CALM);
  }

  /** A box of several lines has no word for a list beside it: what is in it must be said. */
  #tell() {
    if (this.layer.hidden) return;
    const first = this.list.firstElementChild.textContent;
    announce(ngettext("%(count)s suggestion: %(first)s. Enter takes it.", "%(count)s suggestions, first %(first)s. Enter takes it.", this.#items.length, { first }));
  }

  #move(step) {
    this.#at = (this.#at + step + this.#items.length) % this.#items.length;
    [...this.list.children].forEach((option, at) => option.setAttribute("aria-selected", String(at === this.#at)));
    this.box.setAttribute("aria-activedescendant", idOf(this.#items[this.#at].text));
  }

  #take(at) {
    const item = this.#items[at];
    if (!item || this.#query === null) return;
    const end = this.box.selectionStart;
    const start = end - this.#query.length - 1;
    this.close();
    replaceRange(this.box, start, end, `${item.text} `);
  }

  #dismiss() {
    this.#closed = this.#query;
    this.close();
  }
}

/** By what it stands for: readers keep silent where the first option changes and has the same id as before. */
function idOf(text) { return `suggest-${text.replace(/\s+/gu, "_")}`; }
