// What follows from the text in the message box: the hint below it, the button, and its height.

import { byId, setText } from "../core/dom.js";
import { enterKeyHint, keyHint } from "./key_hint.js";
import { countCharacters, lengthWords } from "./may_write.js";

export class BoxState {
  /** `limit`: characters. */
  constructor(box, limit) {
    this.box = box;
    this.limit = limit;
    this.send = byId("send");
    this.hint = byId("write-help");
  }

  /** `stopped`: nothing can be sent now. An edit can be emptied: then the person is asked whether to delete the message. */
  show({ editing, stopped, preferences }) {
    const text = this.box.value.trim();
    const said = lengthWords(countCharacters(text), this.limit);
    setText(this.hint, said?.words ?? keyHint(preferences, editing));     // a replaced node would end what one Ctrl+Z takes back
    this.hint.classList.toggle("composer__hint--said", Boolean(said));
    this.hint.classList.toggle("composer__hint--over", Boolean(said?.over));
    this.box.enterKeyHint = enterKeyHint(preferences, editing);
    this.send.disabled = stopped || (!text && !editing) || Boolean(said?.over);
    this.#grow();
  }

  #grow() {
    if (CSS.supports("field-sizing", "content")) return;
    this.box.style.setProperty("block-size", "auto");
    this.box.style.setProperty("block-size", `${this.box.scrollHeight}px`);
  }
}
