// What follows from the text in the message box: the hint below it, the button, and its height.

import { announce } from "../core/announce.js";
import { byId, setText } from "../core/dom.js";
import { enterKeyHint, keyHint } from "./key_hint.js";
import { countCharacters, lengthWords } from "./may_write.js";

export class BoxState {
  isOver = false;      // whether the text is too long
  words = "";          // about its length

  /** `limit`: characters. */
  constructor(box, limit) {
    this.box = box;
    this.limit = limit;
    this.send = byId("send");
    this.hint = byId("write-help");
    if (!this.#growsByItself) this.#followWidth();
  }

  /** `stopped`: nothing can be sent now. An edit can be emptied: then the person is asked whether to delete the message. */
  show({ editing, stopped, preferences }) {
    const text = this.box.value.trim();
    const said = lengthWords(countCharacters(text), this.limit);
    if (said?.over && !this.isOver) announce(said.words);
    this.isOver = Boolean(said?.over);
    this.words = said?.words ?? "";
    setText(this.hint, said?.words ?? keyHint(preferences, editing));     // a replaced node would end what one Ctrl+Z takes back
    this.hint.classList.toggle("composer__hint--said", Boolean(said));
    this.hint.classList.toggle("composer__hint--over", this.isOver);
    this.box.enterKeyHint = enterKeyHint(preferences, editing);
    this.send.disabled = stopped || (!text && !editing) || this.isOver;
    this.#grow();
  }

  get #growsByItself() { return Boolean(globalThis.CSS?.supports?.("field-sizing", "content")); }

  /** Safari and Firefox learned that only lately: there the height is measured, anew when the box is shown or the window changes. */
  #followWidth() {
    if (!globalThis.ResizeObserver) return;
    let width = 0;
    new ResizeObserver(() => {
      if (this.box.clientWidth === width) return;
      width = this.box.clientWidth;
      this.#grow();
    }).observe(this.box);
  }

  #grow() {
    if (this.#growsByItself || !this.box.clientWidth) return;      // a hidden box has no height
    this.box.style.setProperty("block-size", "auto");
    this.box.style.setProperty("block-size", `${this.box.scrollHeight}px`);
  }
}
