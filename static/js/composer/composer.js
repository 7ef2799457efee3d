// The message box. Enter sends or starts a new line, as chosen; Ctrl+Enter always sends. A draft stays with its room.

import { byId, onSubmit, setText } from "../core/dom.js";
import { replaceRange } from "../core/edit_text.js";
import { Emitter } from "../core/emitter.js";
import { isKey } from "../keyboard/key_match.js";
import { ClosedPanel } from "./closed_panel.js";
import { ComposeMode } from "./compose_mode.js";
import { enterKeyHint, isSendKey, keyHint } from "./key_hint.js";
import { countCharacters, lengthWords, whyClosed } from "./may_write.js";
import { gettext } from "../core/translate.js";

const FINGERS = matchMedia("(pointer: coarse)");

export class Composer extends Emitter {
  #room = null;
  #wrote = false;       // whether the box had the focus when it was hidden

  /** `waitOf(room)`: seconds for which slow mode keeps me from writing; `preferences`: those of the keyboard. */
  constructor(drafts, waitOf, preferences) {
    super();
    this.drafts = drafts;
    this.preferences = preferences;
    this.waitOf = waitOf;
    this.form = byId("composer");
    this.box = byId("write");
    this.send = byId("send");
    this.hint = byId("write-help");
    this.closed = new ClosedPanel(() => this.emit("join", this.#room));
    this.mode = new ComposeMode(() => this.#leave());
    this.limit = Number(this.box.dataset.maxChars);
    onSubmit(this.form, () => this.#submit());
    this.box.addEventListener("keydown", (event) => this.#key(event));
    this.box.addEventListener("input", () => this.#written());
    preferences.on("change", () => this.#fit());
    this.#fit();
  }

  /** Show a room's composer, with its draft. */
  show(room, sign) {
    const changed = room !== this.#room;
    this.#room = room;
    this.refresh();
    this.box.placeholder = gettext("Write to %(room)s", { room: sign });
    byId("write-label").textContent = gettext("Write to %(room)s", { room: sign });
    if (!changed) return;
    this.mode.set(null);
    this.#fill(this.drafts.get(room.id));
    if (!FINGERS.matches) this.focus();
  }

  /** The room's state or my role may have changed. */
  refresh() {
    const why = this.#room && whyClosed(this.#room, { wait: this.waitOf(this.#room) });
    const wrote = !this.form.hidden && this.form.contains(document.activeElement);
    const idle = document.activeElement === document.body || this.closed.node.contains(document.activeElement);
    this.form.hidden = Boolean(why);
    this.closed.show(why);
    if (why) this.#wrote ||= wrote;
    else if (this.#wrote) {
      this.#wrote = false;
      if (idle) this.focus();
    }
  }

  get isOpen() { return !this.form.hidden; }

  /** Insert text at the caret, separated from what precedes it. */
  insert(words) {
    const { box } = this;
    const before = box.value.slice(0, box.selectionStart);
    replaceRange(box, box.selectionStart, box.selectionEnd, /\S$/u.test(before) ? ` ${words}` : words);
  }

  focus() {
    if (!this.form.hidden) this.box.focus({ preventScroll: true });
  }

  /** Reply to a message, or edit one: {kind: "reply" | "edit", message}. The draft returns after an edit. */
  begin(mode) {
    if (this.form.hidden) return;
    if (mode.kind === "edit") this.#fill(mode.message.text);
    else if (this.mode.editing) this.#leave();
    this.mode.set(mode);
    this.#fit();
    this.focus();
  }

  /** Return an unsent message to the box, before the current draft: {text}. */
  takeBack(entry) {
    if (!entry) return;
    if (this.mode.editing) this.#leave();
    this.#fill([entry.text, this.box.value].filter(Boolean).join("\n"));
    this.#written();
    this.focus();
  }

  /** The edit of this message is done. */
  finish(message) {
    if (this.mode.editing?.seq === message.seq) this.#leave();
  }

  #key(event) {
    if (isKey("back", event) && this.mode.now) return this.#leave();
    if (isKey("editLast", event) && !this.box.value && !this.mode.now) {
      event.preventDefault();
      return this.emit("edit last");
    }
    if (!isSendKey(event, this.preferences.now)) return;
    event.preventDefault();
    this.#submit();
  }

  #submit() {
    const text = this.box.value.trim();
    if (!this.#room || !text || countCharacters(text) > this.limit) return;
    if (this.mode.editing) return this.#save(this.mode.editing, text);
    const { replyTo } = this.mode;
    this.mode.set(null);
    this.box.value = "";
    this.#written();
    this.emit("send", { room: this.#room, text, replyTo });
  }

  #save(message, text) {
    if (text === message.text) this.#leave();
    else this.emit("edit", { message, text });
  }

  #leave() {
    const draft = this.mode.editing ? this.drafts.get(this.#room.id) : this.box.value;
    this.mode.set(null);
    this.#fill(draft);
    this.focus();
  }

  #fill(text) {
    this.box.value = text;
    this.#fit();
  }

  #written() {
    if (this.mode.editing) return this.#fit();
    const had = this.drafts.has(this.#room.id);
    this.drafts.set(this.#room.id, this.box.value);
    if (had !== this.drafts.has(this.#room.id)) this.emit("draft", this.#room);
    if (this.box.value.trim()) this.emit("typing", this.#room);
    this.#fit();
  }

  #fit() {
    const text = this.box.value.trim();
    const said = lengthWords(countCharacters(text), this.limit);
    const editing = Boolean(this.mode.editing);
    setText(this.hint, said?.words ?? keyHint(this.preferences.now, editing));    // a replaced node would end what one Ctrl+Z takes back
    this.box.enterKeyHint = enterKeyHint(this.preferences.now, editing);
    this.hint.classList.toggle("composer__hint--said", Boolean(said));
    this.hint.classList.toggle("composer__hint--over", Boolean(said?.over));
    this.send.disabled = !text || Boolean(said?.over);
    if (CSS.supports("field-sizing", "content")) return;
    this.box.style.setProperty("block-size", "auto");
    this.box.style.setProperty("block-size", `${this.box.scrollHeight}px`);
  }
}
