// Reports a message: shows the copy that is kept, and who will see it.

import { toast } from "../../core/toast.js";
import { byId, fill, onSubmit, valuesOf } from "../../core/dom.js";
import { messageQuote } from "../message_quote.js";
import { attempt, openModal, say } from "../modal.js";
import { gettext } from "../../core/translate.js";

export class ReportDialog {
  #message = null;

  /** `facts`: {api, reports, current(), signOf(room)} */
  constructor(facts) {
    this.facts = facts;
    this.dialog = byId("report");
    this.form = byId("report-form");
    onSubmit(this.form, () => this.#submit());
  }

  /** `back()` returns the element that gets the focus afterwards. */
  open(message, back) {
    this.#message = message;
    this.form.reset();
    say(byId("report-error"), "");
    byId("report-who").textContent = whoSees(this.facts.current(), message.author, this.facts.signOf);
    fill(byId("report-copy"), messageQuote(message));
    openModal(this.dialog, back);
  }

  async #submit() {
    const { kind, more } = valuesOf(this.form);
    const reason = more.trim() ? `${kind}: ${more.trim()}` : kind;
    const message = this.#message;
    if (!await attempt(byId("report-send"), byId("report-error"), () => this.facts.api.report(message, reason))) return;
    this.dialog.close();
    this.facts.reports.reported();
    toast(gettext("Reported. You can follow it under Reports in the sidebar."));
  }
}

/** Pure. */
export function whoSees(room, author, signOf) {
  return room.kind === "direct"
    ? gettext("The site's staff see it with your name. %(name)s does not.", { name: author.name })
    : gettext("The moderators of %(room)s see it with your name. %(name)s does not.", { room: signOf(room), name: author.name });
}
