// Deletes another person's message, with a reason, and offers to undo it.

import { toast } from "../core/toast.js";
import { byId, fill, onSubmit } from "../core/dom.js";
import { messageQuote } from "./message_quote.js";
import { attempt, openModal, say } from "./modal.js";
import { gettext } from "../core/translate.js";

export class DeleteDialog {
  #message = null;

  constructor(api) {
    this.api = api;
    this.dialog = byId("delete-message");
    onSubmit(byId("delete-form"), () => this.#submit());
  }

  /** `back()` returns the element that gets the focus afterwards. */
  open(message, back) {
    this.#message = message;
    byId("delete-form").reset();
    say(byId("delete-error"), "");
    fill(byId("delete-copy"), messageQuote(message));
    openModal(this.dialog, back);
  }

  async #submit() {
    const reason = byId("delete-reason").value.trim();
    const message = this.#message;
    if (!reason) {
      say(byId("delete-error"), gettext("Add a reason: it is logged."));
      return byId("delete-reason").focus();
    }
    if (!await attempt(byId("delete-do"), byId("delete-error"), () => this.api.remove(message, reason))) return;
    this.dialog.close();
    toast(gettext("Message deleted"), { words: gettext("Undo"), act: () => this.api.restore(message).catch((error) => toast(error.message)) });
  }
}
