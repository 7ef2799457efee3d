// The emoji picker: frequent emoji, all by group, or by name. Arrow keys move in the grid; Enter in the field takes the first
// match. Other emoji can be typed with the system's keyboard.

import { announce } from "../core/announce.js";
import { afterPaint, byId, el, fill, setText } from "../core/dom.js";
import { openPopover } from "../dialogs/layers.js";
import { isForInputMethod } from "../core/input_method.js";
import { drawable } from "./drawable.js";
import { emojiPicture, isDrawn, OFFERED } from "./pictures.js";
import { gettext, ngettext } from "../core/translate.js";

const ACROSS = 8;
const MOST_FOUND = 64;
const CALM = 500;            // ms without a key until the number found is said
const STEPS = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: ACROSS, ArrowUp: -ACROSS };
const FINGERS = matchMedia("(pointer: coarse)");
const OFTEN = gettext("Often used");

export class EmojiPicker {
  #chosen = null;
  #telling;                  // the timer of what is said of a search
  #drawable = new Map();     // emoji → whether this device has a picture of it

  /** `names`: EmojiNames */
  constructor(names) {
    this.names = names;
    this.popover = byId("emoji-picker");
    this.search = byId("emoji-search");
    this.groups = byId("emoji-groups");
    this.grid = byId("emoji-grid");
    this.said = byId("emoji-said");
    this.popover.addEventListener("toggle", ({ newState }) => { if (newState === "closed") fill(this.grid); });     // not when it opens: that would delay the opening
    this.search.addEventListener("input", () => this.#find());
    this.search.addEventListener("keydown", (event) => this.#keyInSearch(event));
    this.grid.addEventListener("keydown", (event) => this.#keyInGrid(event));
    for (const come of ["focusin", "pointerover"]) this.grid.addEventListener(come, ({ target }) => this.#name(target.closest("button")));
  }

  /** Open beside `anchor` and call `chosen(emoji)` for the selected one. */
  async open(anchor, chosen) {
    this.#chosen = chosen;
    this.search.value = "";
    fill(this.grid);
    setText(this.said, "");
    openPopover(this.popover, anchor, FINGERS.matches ? undefined : this.search);
    afterPaint(() => this.#begin());
    if (await this.names.ready()) this.#offerGroups();
    else setText(this.said, gettext("The emoji could not be loaded."));
  }

  /** Testing what this device can draw takes a while: the grid is filled after it is visible. */
  #begin() {
    if (this.search.value) return;      // the person is searching already
    this.#show(OFTEN, often());
    if (FINGERS.matches) this.grid.firstElementChild?.focus({ preventScroll: true });
  }

  #offerGroups() {
    if (this.groups.firstElementChild) return;
    fill(this.groups, [[OFTEN, often()], ...this.names.groups].map(([title, entries]) => el("button.link", {
      type: "button", "aria-pressed": String(title === OFTEN), onclick: () => { this.search.value = ""; this.#show(title, entries); },
    }, title)));
    if (this.search.value) this.#find();
  }

  #find() {
    const words = this.search.value.trim();
    if (!words) return this.groups.firstElementChild?.click();
    this.#show(null, this.names.find(words, MOST_FOUND));
    const count = this.grid.children.length;
    if (!count) setText(this.said, gettext("No emoji matches “%(words)s”.", { words }));
    clearTimeout(this.#telling);
    this.#telling = setTimeout(() => announce(count ? ngettext("%(count)s emoji", "%(count)s emoji", count) : this.said.textContent), CALM);
  }

  #show(title, entries) {
    for (const group of this.groups.children) group.setAttribute("aria-pressed", String(group.textContent === title));
    fill(this.grid, entries.filter(({ emoji }) => this.#isDrawable(emoji)).map((entry) => this.#button(entry)));
    if (this.grid.firstElementChild) this.grid.firstElementChild.tabIndex = 0;
    this.grid.scrollTop = 0;
    setText(this.said, "");
  }

  #button({ emoji, words, names }) {
    const name = words || names.join(", ").replaceAll("_", " ");
    return el("button.tool", { type: "button", role: "option", tabIndex: -1, "aria-label": name, "data-code": names?.[0], onclick: () => this.#choose(emoji) }, emojiPicture(emoji));
  }

  #isDrawable(emoji) {
    if (!this.#drawable.has(emoji)) this.#drawable.set(emoji, isDrawn(emoji) || drawable(emoji));
    return this.#drawable.get(emoji);
  }

  #name(button) {
    if (button) setText(this.said, button.dataset.code ? `${button.ariaLabel}  :${button.dataset.code}:` : button.ariaLabel);
  }

  #choose(emoji) {
    this.popover.hidePopover();
    this.#chosen(emoji);
  }

  #keyInSearch(event) {
    if (isForInputMethod(event)) return;
    if (event.key === "Enter") this.grid.firstElementChild?.click();
    else if (event.key === "ArrowDown") this.grid.firstElementChild?.focus();
    else return;
    event.preventDefault();
  }

  #keyInGrid(event) {
    if (isForInputMethod(event)) return;
    const buttons = [...this.grid.children];
    const at = buttons.indexOf(document.activeElement);
    const to = { Home: 0, End: buttons.length - 1 }[event.key] ?? at + (STEPS[event.key] ?? 0);
    if (to === at) return;
    event.preventDefault();
    if (buttons[to]) this.#goTo(buttons[to], buttons[at]);
    else if (event.key === "ArrowUp") this.search.focus();
  }

  /** The grid is one stop for the Tab key. */
  #goTo(button, before) {
    for (const [each, tabIndex] of [[before, -1], [button, 0]]) if (each) each.tabIndex = tabIndex;
    button.focus();
  }
}

function often() {
  return [...OFFERED].map(([emoji, words]) => ({ emoji, words }));
}
