// Actions on messages: sends the request, reports an error, or offers to undo.

import { copyLink } from "../dialogs/copy_link.js";
import { toast } from "../core/toast.js";
import { pathOf } from "../core/address.js";
import { allowed } from "./allowed.js";
import { gettext } from "../core/translate.js";

export class MessageActions {
  // What concerns other people's messages: moderation/moderation_in_room.js sets it.
  /** @type {(message: Message) => boolean} */
  mayModerate;
  /** @type {(message: Message) => void} */
  moderate;
  /** @type {(message: Message) => void} */
  report;
  /** @type {(message: Message) => void} moderate where that is allowed, else report */
  flag;
  /** @type {(message: Message) => void} */
  removeOther;

  /** `facts`: {me, request(event, payload), current() → room, pick(anchor, chosen), composer, markUnread(message)} */
  constructor({ me, request, current, pick, composer, markUnread }) {
    this.me = me;
    this.request = request;
    this.current = current;
    this.pick = pick;
    this.composer = composer;
    this.markUnread = markUnread;
    for (const name of ["of", "may", "react", "toggle", "pickReaction", "reply", "edit", "remove", "restore", "copyLink"]) {
      this[name] = this[name].bind(this);
    }
  }

  /** The message of a row, with the allowed actions. */
  of(row) {
    const message = this.current()?.at(Number(row.dataset.seq));
    return message ? { message, may: this.may(message) } : null;
  }

  may(message) { return allowed(message, this.current(), this.me); }
  react(message, emoji, on) { return this.#ask("react", message, { emoji, on }); }

  toggle(message, emoji) {
    const mine = message.reactions?.find((reaction) => reaction.emoji === emoji)?.mine;
    return this.react(message, emoji, !mine);
  }

  pickReaction(message, anchor) { this.pick(anchor, (emoji) => this.toggle(message, emoji)); }
  reply(message) { this.composer.begin({ kind: "reply", message }); }
  edit(message) { this.composer.begin({ kind: "edit", message }); }

  /** Resolves with whether the message now has this text. */
  save(message, text) { return this.#ask("edit", message, { text }); }

  async remove(message) {
    if (message.author.id !== this.me.id) return this.removeOther(message);
    if (await this.#ask("delete", message)) toast(gettext("Message deleted"), { words: gettext("Undo"), act: () => this.restore(message) });
  }

  restore(message) { return this.#ask("restore", message); }

  copyLink(message) { return copyLink(location.origin + pathOf(this.current(), message.seq)); }

  // With its epoch: after a loss of Redis the number may be another message's.
  async #ask(event, { room, seq, epoch }, more = {}) {
    try {
      await this.request(event, { room, seq, epoch, ...more });
      return true;
    } catch (error) {
      toast(error.message);
      return false;
    }
  }
}
