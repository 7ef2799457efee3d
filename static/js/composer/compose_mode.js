// What the composer writes: a new message, a reply, or an edit of a sent message. Shown above the box.

import { byId, el, fill, icon } from "../core/dom.js";
import { oneLine } from "../markdown/one_line.js";
import { gettext, withNodes } from "../core/translate.js";

export class ComposeMode {
  now = null;      // {kind: "reply" | "edit", message}

  /** `left()` is called when the person presses the cross. */
  constructor(left) {
    this.left = left;
    this.line = byId("composer-context");
  }

  get editing() { return this.now?.kind === "edit" ? this.now.message : null; }
  get replyTo() { return this.now?.kind === "reply" ? this.now.message.seq : null; }

  set(mode) {
    this.now = mode;
    this.line.hidden = !mode;
    fill(this.line, mode && (mode.kind === "edit" ? this.#edit() : this.#reply(mode.message)));
  }

  #reply({ author, text }) {
    return [turning("reply"), el("span", {}, withNodes(gettext("Replying to %(name)s"), { name: el("b", {}, el("bdi", {}, author.name)) }), " ", el("span", { dir: "auto" }, oneLine(text))), this.#cross(gettext("Cancel the reply"))];
  }

  #edit() {
    return [icon("pencil", true), el("span", {}, el("b", {}, gettext("Editing your message"))), this.#cross(gettext("Cancel editing"))];
  }

  #cross(words) {
    return el("button.tool", { type: "button", "aria-label": words, title: words, onclick: () => this.left() }, icon("close", true));
  }
}

function turning(name) {
  const drawn = icon(name, true);
  drawn.classList.add("icon--turns");
  return drawn;
}
