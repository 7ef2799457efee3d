// The message box. Enter sends or starts a new line, as chosen; Ctrl+Enter always sends. What is written stays with its room.
// Emits send {room, text, replyTo}, edit {message, text}, delete message, edit last, draft room, typing room, join room.

import { announce } from "../core/announce.js";
import { byId, onSubmit } from "../core/dom.js";
import { replaceRange } from "./edit_text.js";
import { Emitter } from "../core/emitter.js";
import { toast } from "../core/toast.js";
import { isKey } from "../keyboard/key_match.js";
import { BoxState } from "./box_state.js";
import { ClosedPanel } from "./closed_panel.js";
import { ComposeMode } from "./compose_mode.js";
import { isSendKey } from "./key_hint.js";
import { whyClosed } from "./may_write.js";
import { gettext } from "../core/translate.js";

const FINGERS = matchMedia("(pointer: coarse)");

export class Composer extends Emitter {
  #room = null;
  #wrote = false;       // whether the box had the focus when it was hidden
  #held = null;         // why nothing can be sent now, while one can write
  #cancelled = null;    // {mode, text} of what Esc ended, until something else is written

  /** `waitOf(room)`: seconds for which slow mode keeps me from writing; `preferences`: those of the keyboard. */
  constructor(drafts, waitOf, preferences) {
    super();
    this.drafts = drafts;
    this.preferences = preferences;
    this.waitOf = waitOf;
    this.form = byId("composer");
    this.box = byId("write");
    this.limit = Number(this.box.dataset.maxChars);
    this.state = new BoxState(this.box, this.limit);
    this.closed = new ClosedPanel(() => this.emit("join", this.#room));
    this.mode = new ComposeMode({ leave: () => this.#cancel(), remove: () => this.#remove(), keep: () => this.#useAsNew() });
    onSubmit(this.form, () => this.#submit());
    this.box.addEventListener("keydown", (event) => this.#key(event));
    this.box.addEventListener("input", () => this.#written());
    preferences.on("change", () => this.#fit());
    drafts.on("change", (roomId) => this.#changedElsewhere(roomId));
    this.#fit();
  }

  /** Show a room's composer, with what was being written in it. */
  show(room, sign) {
    const changed = room !== this.#room;
    this.#room = room;
    this.mode.name(sign);
    if (changed) this.#restore();
    this.refresh();
    this.box.placeholder = gettext("Write to %(room)s", { room: sign });
    if (changed && !FINGERS.matches) this.focus();
  }

  /** The room's state, my role or the edited message may have changed. */
  refresh() {
    const why = this.#room && whyClosed(this.#room, { wait: this.waitOf(this.#room) });
    const wrote = !this.form.hidden && this.form.contains(document.activeElement);
    const idle = document.activeElement === document.body || this.closed.node.contains(document.activeElement);
    this.form.hidden = Boolean(why) && !why.holds;
    this.#held = why;
    this.closed.show(why);
    if (wrote && this.form.hidden) this.focus();
    if (this.form.hidden) this.#wrote ||= wrote;
    else if (this.#wrote) {
      this.#wrote = false;
      if (idle) this.focus();
    }
    this.#look();
    this.#fit();
  }

  get isOpen() { return !this.form.hidden; }

  /** Insert text at the caret, separated from what precedes it. */
  insert(words) {
    const { box } = this;
    const before = box.value.slice(0, box.selectionStart);
    replaceRange(box, box.selectionStart, box.selectionEnd, /\S$/u.test(before) ? ` ${words}` : words);
  }

  /** Where one cannot write, what says so gets the focus. */
  focus() {
    (this.form.hidden ? this.closed.node : this.box).focus({ preventScroll: true });
  }

  /** Reply to a message, or edit one: {kind: "reply" | "edit", message}. The draft returns after an edit. */
  begin(mode) {
    if (this.form.hidden) return;
    const again = this.mode.editing?.seq === mode.message.seq && mode.kind === "edit";
    if (!again) {
      if (this.mode.editing) this.#cancel();
      this.#keep(mode, mode.message.text);
      this.#restore();
      if (mode.kind === "edit") announce(gettext("Editing your message. Esc cancels."));
    }
    this.focus();
  }

  /** Return an unsent message to the box, before the current draft: {text, reply_to}. */
  takeBack(entry) {
    if (!entry) return;
    if (this.mode.editing) this.#cancel();
    const { text, reply } = this.drafts.get(this.#room.id);
    const target = entry.reply_to ? this.#room.at(entry.reply_to) : null;
    this.#set({ text: [entry.text, text].filter(Boolean).join("\n"), reply: reply ?? target });
    this.#restore();
    this.focus();
  }

  /** The edit of this message is done: it has the new text, or is deleted. */
  finish(message) {
    if (this.drafts.get(message.room).edit?.message.seq !== message.seq) return;
    this.drafts.set(message.room, { edit: null });
    if (message.room !== this.#room?.id) return;
    this.#restore();
    this.emit("draft", this.#room);
    this.focus();
  }

  #key(event) {
    if (isKey("back", event) && this.mode.now) return this.#cancel();
    if (isKey("undo", event) && this.#cancelled) {
      event.preventDefault();
      return this.#uncancel();
    }
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
    const { editing } = this.mode;
    const stopped = this.#stopped();
    if (stopped) toast(stopped.words);
    if (this.state.isOver) announce(this.state.words, { now: true });
    if (stopped || !this.#room || this.state.isOver || this.mode.problem === "deleted") return;
    if (editing) this.#save(editing, text);
    else if (text) this.#send(text);
  }

  #send(text) {
    const { replyTo } = this.mode;
    this.#set({ text: "", reply: null });
    this.#restore();
    this.emit("send", { room: this.#room, text, replyTo });
  }

  #save(message, text) {
    if (!text && this.mode.problem === "empty") this.#remove();
    else if (!text) this.mode.say("empty");
    else if (text === message.text) this.finish(message);
    else this.emit("edit", { message, text });
  }

  /** The edit ends first: the news of the deletion is none to the person who deletes. */
  #remove() {
    const { editing } = this.mode;
    this.finish(editing);
    this.emit("delete", editing);
  }

  /** Why nothing can be sent now: {words}, or null. */
  #stopped() {
    return this.#held && !(this.mode.editing && this.#held.mayEdit) ? this.#held : null;
  }

  /** End the reply or the edit; what was lost by that can be brought back. */
  #cancel() {
    const { now: mode, editing } = this.mode;
    const text = this.box.value;
    this.#set(editing ? { edit: null } : { reply: null });
    this.#restore();
    this.focus();
    const words = editing ? gettext("Edit cancelled") : gettext("Reply cancelled");
    if (text.trim() === "" || text === editing?.text) return announce(words);
    this.#cancelled = { mode, text };
    toast(words, { words: gettext("Undo"), act: () => this.#uncancel() });
  }

  #uncancel() {
    if (!this.#cancelled) return;
    const { mode, text } = this.#cancelled;
    this.#keep(mode, text);
    this.#restore();
    this.focus();
  }

  /** The edited message is gone: its new text becomes a message of its own. */
  #useAsNew() {
    const written = this.box.value;
    this.#set({ edit: null, text: [written, this.drafts.get(this.#room.id).text].filter(Boolean).join("\n") });
    this.#restore();
    this.focus();
  }

  #keep({ kind, message }, text) {
    this.#set(kind === "edit" ? { edit: { message, text } } : { reply: message });
  }

  #set(change) {
    const had = this.drafts.has(this.#room.id);
    this.drafts.set(this.#room.id, change);
    if (had !== this.drafts.has(this.#room.id)) this.emit("draft", this.#room);
  }

  /** Show what is stored. */
  #restore() {
    const { text, reply, edit } = this.drafts.get(this.#room.id);
    const target = edit?.message ?? reply;
    this.#cancelled = null;
    this.mode.set(target ? { kind: edit ? "edit" : "reply", message: target } : null);
    const shown = edit ? edit.text : text;
    if (this.box.value !== shown) this.box.value = shown;
    this.#look();
    this.#fit();
  }

  #changedElsewhere(roomId) {
    if (roomId === this.#room?.id) this.#restore();
    this.emit("draft", this.#room);
  }

  #written() {
    this.#cancelled = null;
    const { editing } = this.mode;
    const text = this.box.value;
    this.#set(editing ? { edit: { message: editing, text } } : { text });
    if (this.mode.problem === "empty" && text.trim()) this.mode.say(null);
    if (text.trim() && !editing && !this.#held) this.emit("typing", this.#room);
    this.#fit();
  }

  /** Whether the edited message is still there, and the one that is replied to by now. */
  #look() {
    const { editing, problem, now } = this.mode;
    const answered = now?.kind === "reply" && !now.message.author ? this.#room.at(now.message.seq) : null;
    if (answered) this.mode.set({ kind: "reply", message: answered });
    const deleted = editing && this.#room.at(editing.seq)?.deleted;
    if (deleted) this.mode.say("deleted");
    else if (problem === "deleted") this.mode.say(null);
  }

  #fit() {
    const editing = Boolean(this.mode.editing);
    const stopped = Boolean(this.#stopped()) || this.mode.problem === "deleted";
    this.state.show({ editing, stopped, preferences: this.preferences.now });
  }
}
