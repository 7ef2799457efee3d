// What the composer writes: a new message, a reply, or an edit of a sent message. Shown above the box.

import { byId, el, fill, icon, setText } from "../core/dom.js";
import { oneLine } from "../markdown/one_line.js";
import { gettext, withNodes } from "../core/translate.js";

export class ComposeMode {
  now = null;         // {kind: "reply" | "edit", message}
  problem = null;     // of an edit: "empty", and the person is asked whether to delete it, or "deleted", by somebody meanwhile
  #shown = null;
  #roomSign = "";

  /** `acts`: {leave(), remove(), keep()}: cancel; delete the edited message; make the text a new message. */
  constructor(acts) {
    this.acts = acts;
    this.line = byId("composer-context");
  }

  get editing() { return this.now?.kind === "edit" ? this.now.message : null; }
  get replyTo() { return this.now?.kind === "reply" ? this.now.message.seq : null; }

  /** The room's name, as the box says where one writes to. */
  name(roomSign) {
    this.#roomSign = roomSign;
    this.#label();
  }

  set(mode) {
    this.now = mode;
    this.problem = null;
    this.#draw();
  }

  /** `problem`: "empty", "deleted" or null. */
  say(problem) {
    if (!this.editing || problem === this.problem) return;
    this.problem = problem;
    this.#draw();
  }

  #draw() {
    const drawn = JSON.stringify([this.now?.kind, this.now?.message.seq, Boolean(this.now?.message.author), this.problem]);
    if (drawn === this.#shown) return;
    this.#shown = drawn;
    this.line.hidden = !this.now;
    this.#label();
    fill(this.line, this.now && (this.editing ? this.#edit() : this.#reply(this.now.message)));
  }

  /** A box that has the focus already must say, too, that what is typed now is no new message. */
  #label() {
    const author = this.replyTo && this.now.message.author?.name;
    const words = this.editing ? gettext("Edit your message")
      : author ? gettext("Reply to %(name)s", { name: author })
      : this.replyTo ? gettext("Reply to an earlier message") : gettext("Write to %(room)s", { room: this.#roomSign });
    setText(byId("write-label"), words);
  }

  /** The message may not be loaded. */
  #reply({ author, text }) {
    if (!author) return [turning("reply"), el("span", {}, gettext("Replying to an earlier message")), this.#cross(gettext("Cancel the reply"))];
    return [turning("reply"), el("span", {}, withNodes(gettext("Replying to %(name)s"), { name: el("b", {}, el("bdi", {}, author.name)) }), " ", el("span", { dir: "auto" }, oneLine(text))), this.#cross(gettext("Cancel the reply"))];
  }

  #edit() {
    const cross = this.#cross(gettext("Cancel editing"));
    if (this.problem === "empty") return [icon("trash", true), alert(gettext("Delete this message?")), this.#button(gettext("Delete message"), "remove"), cross];
    if (this.problem === "deleted") return [icon("trash", true), alert(gettext("This message was deleted.")), this.#button(gettext("Use as a new message"), "keep"), cross];
    return [icon("pencil", true), el("span", {}, el("b", {}, gettext("Editing your message"))), cross];
  }

  #button(words, act) {
    return el("button.button", { type: "button", onclick: () => this.acts[act]() }, words);
  }

  #cross(words) {
    return el("button.tool", { type: "button", "aria-label": words, onclick: () => this.acts.leave() }, icon("close", true));
  }
}

function alert(words) {
  return el("span", { role: "alert" }, el("b", {}, words));
}

function turning(name) {
  const drawn = icon(name, true);
  drawn.classList.add("icon--turns");
  return drawn;
}
