// What is done most with a message, beside its button "More": one bar for all rows, moved to the row under the pointer or with the
// focus.

import { el, icon } from "../core/dom.js";
import { emojiPicture, nameOf, QUICK } from "../emoji/pictures.js";
import { gettext } from "../core/translate.js";

export class ActionsBar {
  #bar = null;
  #row = null;
  #signature = "";

  /** `messageActions`: {of(row) → {message, may} or null, toggle, pickReaction, reply, edit} */
  constructor(list, messageActions) {
    this.list = list;
    this.messageActions = messageActions;
    list.addEventListener("pointerover", (event) => { if (event.pointerType !== "touch") this.#come(event.target); });
    list.addEventListener("focusin", (event) => this.#come(event.target));
  }

  /** The rows were drawn again. */
  refresh() {
    if (this.#row?.isConnected) this.#come(this.#row, true);
  }

  #come(target, anew = false) {
    const row = target.closest("li[data-seq]");
    if (!row || (row === this.#row && !anew && this.#bar?.isConnected)) return;
    const found = this.messageActions.of(row);
    const signature = found ? JSON.stringify([row.dataset.seq, found.may]) : "";
    const focused = this.#bar?.contains(document.activeElement);
    if (signature !== this.#signature || !this.#bar) {
      this.#bar?.remove();
      this.#bar = found && this.#make(found);
      this.#signature = signature;
    }
    this.#row = row;
    const place = row.querySelector(".actions");
    if (this.#bar && place && this.#bar.parentNode !== place) place.prepend(this.#bar);
    if (focused && document.activeElement === document.body) row.firstElementChild.focus({ preventScroll: true });   // the pressed button is gone
  }

  #make({ may }) {
    if (!may.react && !may.reply && !may.edit) return null;
    return el("div.actions__bar", { role: "toolbar", "aria-label": gettext("Message actions") },
      may.react && QUICK.map((emoji) => this.#button(emoji, gettext("React with %(emoji)s", { emoji: nameOf(emoji) }), emojiPicture(emoji), (message) => this.messageActions.toggle(message, emoji), ".actions__quick")),
      may.react && el("span.actions__line"),
      may.react && this.#button("pick", gettext("Another reaction (+)"), icon("smile-plus"), this.messageActions.pickReaction),
      may.reply && this.#button("reply", gettext("Reply (R)"), turning("reply"), this.messageActions.reply),
      may.edit && this.#button("edit", gettext("Edit (E)"), icon("pencil"), this.messageActions.edit));
  }

  /** The message is looked up at the click: it may have changed since the bar was created. */
  #button(key, words, picture, act, kind = "") {
    const button = el(`button.tool${kind}`, { type: "button", "aria-label": words, "data-key": key }, picture);
    button.addEventListener("click", () => {
      const found = this.messageActions.of(this.#row);
      if (found) act(found.message, button);
    });
    return button;
  }
}

function turning(name) {
  const drawn = icon(name);
  drawn.classList.add("icon--turns");
  return drawn;
}
