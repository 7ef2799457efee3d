// The search: a box with filters, and the results, newest first. Down goes to the results, Enter opens one. On a wide screen
// they stay beside the room then.

import { byId, el, fill, onSubmit, setText } from "../core/dom.js";
import { dayOf } from "../core/format.js";
import { isKey, stepOf } from "../keyboard/key_match.js";
import { ask, outcome, SearchError } from "./search_api.js";
import { inRoom } from "./in_room.js";
import { hitRow } from "./hit_row.js";
import { completed, suggestions } from "./suggest.js";
import { onReturn } from "../core/on_return.js";
import { gettext } from "../core/translate.js";

const WIDE = matchMedia("(min-width: 68.01rem)");
const BESIDE = "dialog--beside";
const CALM = 250;
const SLOW = 400;           // ms; a faster answer needs no notice

export class SearchDialog {
  #asking = null;           // the AbortController of the current request
  #timer = null;
  #answer = null;           // {query, next}
  #rooms = new Map();

  /** On each "opening", before or after the dialog is there to see. `facts`: {me, roomOf(id), rooms() → [{slug, name}], people() → [{handle, name}]} */
  constructor(facts) {
    this.facts = facts;
    this.dialog = byId("search");
    this.box = byId("search-box");
    this.said = byId("search-said");
    this.hits = byId("search-hits");
    this.hints = byId("search-hints");
    this.more = byId("search-more");
    this.dialog.addEventListener("opening", () => this.#begin());
    this.dialog.addEventListener("close", () => { this.dialog.classList.remove(BESIDE); this.#stop(); });
    WIDE.addEventListener("change", () => { if (this.#isBeside) this.dialog.close(); });
    this.dialog.addEventListener("keydown", (event) => this.#key(event));
    this.hits.addEventListener("click", (event) => this.#followed(event));
    this.hints.addEventListener("click", ({ target }) => this.#complete(target.closest("button")));
    this.more.addEventListener("click", () => this.#goOn());
    this.box.addEventListener("input", () => this.#changed(CALM));
    for (const moved of ["keyup", "click"]) this.box.addEventListener(moved, () => this.#hint());
    onSubmit(byId("search-form"), () => this.#submit());
  }

  get #query() { return this.box.value.trim(); }

  get #isBeside() { return this.dialog.classList.contains(BESIDE); }

  #begin() {
    if (!this.dialog.open) this.box.select();     // otherwise it holds what was typed while this script was loading
    this.#changed(0);
  }

  #changed(calm) {
    this.#stop();
    this.#hint();
    byId("search-help").hidden = this.#query !== "";
    if (this.#query) this.#timer = setTimeout(() => this.#search(), calm);
    else this.#show(null, "");
  }

  #stop() {
    clearTimeout(this.#timer);
    this.#asking?.abort();
    this.#asking = null;
  }

  /** Enter in the box goes to the results of its current text. */
  async #submit() {
    if (this.#answer?.query !== this.#query) {
      this.#stop();
      await this.#search();
    }
    this.#links()[0]?.focus();
  }

  async #search() {
    if (!this.#query) return;
    const query = this.#query;
    const found = await this.#asked(query, "");
    if (found) this.#show({ query, ...found });
  }

  async #goOn() {
    const { query, next } = this.#answer;
    const at = this.#links().length;
    const found = await this.#asked(query, next);
    if (!found) return;
    this.#add(found);
    this.#tell({ query, ...found });
    this.#links()[at]?.focus();
  }

  /** The answer, or null if a newer request replaced this one or it failed. */
  async #asked(query, after) {
    this.#stop();
    const asking = this.#asking = new AbortController();
    const slow = setTimeout(() => setText(this.said, gettext("Searching …")), SLOW);
    try {
      return await ask(query, { after, signal: asking.signal });
    } catch (error) {
      if (this.#asking === asking && after) this.#explain(error, () => this.#goOn());
      else if (this.#asking === asking) { this.#show(null, ""); this.#explain(error, () => this.#search()); }
      return null;
    } finally {
      clearTimeout(slow);
      if (this.#asking === asking) this.#asking = null;
    }
  }

  #explain(error, again) {
    if (!(error instanceof SearchError)) throw error;
    setText(this.said, error.message);
    if (error.retryIn !== null) this.#timer = setTimeout(again, 1000 * error.retryIn);
    else onReturn(this, () => { if (this.dialog.open) again(); });
  }

  #show(answer, words = null) {
    if (this.hits.firstElementChild) {      // otherwise nothing can have been scrolled, and reading it costs a layout
      fill(this.hits);
      this.dialog.scrollTop = 0;
    }
    if (answer) this.#add(answer);
    this.#tell(answer, words);
  }

  #tell(answer, words = null) {
    this.#answer = answer;
    this.more.hidden = !answer?.next;
    setText(this.said, words ?? outcome({ ...answer, shown: this.#links().length }));
  }

  #add({ results, rooms }) {
    for (const room of rooms) this.#rooms.set(room.id, room);
    const { me, roomOf } = this.facts;
    this.hits.append(...results.map((hit) => hitRow(hit, { me, room: roomOf(hit.room) ?? this.#rooms.get(hit.room), now: Date.now() })));
  }

  #links() { return [...this.hits.querySelectorAll("a")]; }

  #key(event) {
    const step = stepOf(event);
    const links = this.#links();
    const at = links.indexOf(document.activeElement);
    if (isKey("searchHere", event) && this.facts.here()) {
      event.preventDefault();
      this.box.value = inRoom(this.box.value, this.facts.here());
      this.box.focus();
      return this.#changed(0);
    }
    if (this.#isBeside && isKey("back", event)) {      // a dialog that is not modal hears of no Esc
      event.preventDefault();
      return this.dialog.close();
    }
    if (isKey("search", event) && at >= 0) this.box.focus();
    else if (!step || (at < 0 && document.activeElement !== this.box)) return;
    else if (step < 0 && at <= 0) this.box.focus();
    else (links[at + step] ?? (this.more.hidden ? links.at(-1) : this.more))?.focus();
    event.preventDefault();
  }

  #followed(event) {
    const elsewhere = event.ctrlKey || event.metaKey || event.shiftKey || event.button;
    if (!event.target.closest("a") || elsewhere || this.#isBeside) return;
    this.dialog.close();
    // The event "close" comes later, and must not undo this.
    if (WIDE.matches && this.facts.here()) setTimeout(() => this.#stayBeside());
  }

  #stayBeside() {
    if (this.dialog.open) return;
    const focused = /** @type {HTMLElement} */ (document.activeElement);
    const { scrollTop } = this.dialog;
    this.dialog.classList.add(BESIDE);
    this.dialog.show();
    this.dialog.scrollTop = scrollTop;
    focused?.focus({ preventScroll: true });      // show() gives the focus to the box; it belongs to the room
  }

  #hint() {
    const offered = suggestions(this.box.value, this.box.selectionStart ?? this.box.value.length, {
      rooms: this.facts.rooms(), people: this.facts.people(), today: dayOf(Date.now()), here: this.facts.here(),
    });
    const signature = JSON.stringify(offered);
    if (this.hints.dataset.offered === signature) return;
    this.hints.dataset.offered = signature;
    fill(this.hints, offered.map(({ put, label, note }) => el("button.hint", { type: "button", "data-put": put },
      el("bdi", {}, label), note && el("small", {}, note))));
  }

  #complete(button) {
    if (!button) return;
    const { text, cursor } = completed(this.box.value, this.box.selectionStart ?? this.box.value.length, button.dataset.put);
    this.box.value = text;
    this.box.focus();
    this.box.setSelectionRange(cursor, cursor);
    this.#changed(CALM);
  }
}
