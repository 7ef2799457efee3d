// A small grid of emoji; arrows move in it, and whoever wants another one types it with the system's own keyboard.

import { byId, el, fill } from "../dom.js";
import { openPopover } from "../dialogs/layers.js";
import { drawable } from "./drawable.js";
import { emojiPicture, isDrawn, OFFERED } from "./emoji.js";

const ACROSS = 6;
const STEPS = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: ACROSS, ArrowUp: -ACROSS };

export class EmojiPicker {
  #chosen = null;

  constructor() {
    this.popover = byId("emoji-picker");
    this.grid = this.popover.querySelector(".emoji-grid");
    this.grid.addEventListener("keydown", (event) => this.#key(event));
  }

  /** Open beside `anchor` and call `chosen(emoji)` for what is taken. */
  open(anchor, chosen) {
    this.#chosen = chosen;
    if (!this.grid.firstElementChild) fill(this.grid, this.#buttons());
    openPopover(this.popover, anchor);
  }

  #buttons() {
    return [...OFFERED].filter(([emoji]) => isDrawn(emoji) || drawable(emoji)).map(([emoji, name]) => this.#button(emoji, name));
  }

  #button(emoji, name) {
    return el("button.tool", { type: "button", "aria-label": name, title: name, onclick: () => this.#choose(emoji) }, emojiPicture(emoji));
  }

  #choose(emoji) {
    this.popover.hidePopover();
    this.#chosen(emoji);
  }

  #key(event) {
    const step = STEPS[event.key];
    if (!step) return;
    event.preventDefault();
    const buttons = [...this.grid.children];
    buttons[buttons.indexOf(document.activeElement) + step]?.focus();
  }
}
