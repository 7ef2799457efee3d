// Shows why the person cannot send, and until when: below the message box, or in its place if they cannot even write.

import { byId, el, fill, hiddenWords, icon, setText } from "../core/dom.js";
import { gettext, ngettext } from "../core/translate.js";

export class ClosedPanel {
  #reason = "";         // what is drawn

  /** `join()` is called by the button for people who are not in the room. */
  constructor(join) {
    this.node = byId("composer-closed");
    this.join = join;
  }

  /** `why` from whyClosed; null: the person can write. Only the countdown changes every second, and it is not announced. */
  show(why) {
    this.node.hidden = !why;
    const reason = why ? JSON.stringify([why.icon, why.words]) : "";
    if (reason !== this.#reason) fill(this.node, why && [icon(why.icon), words(why), why.join ? this.#joinButton() : null]);
    this.#reason = reason;
    if (why?.seconds) setText(this.node.querySelector(".figure"), `${why.seconds} s.`);
  }

  #joinButton() {
    return el("button.button.button--solid", { type: "button", onclick: () => this.join() }, gettext("Join"));
  }
}

function words({ words: said, seconds }) {
  if (!seconds) return el("p", {}, said);
  return el("p", { role: "status" }, said, el("span.figure", { "aria-hidden": "true" }), hiddenWords(ngettext("%(count)s second.", "%(count)s seconds.", seconds)));
}
