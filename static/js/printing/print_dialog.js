// Prints a room: asks for the days, fetches their messages, and puts them on the page in place of everything else.

import { byId, onSubmit, setText } from "../core/dom.js";
import { dayOf } from "../core/format.js";
import { ngettext, gettext } from "../core/translate.js";
import { messagesBetween, spanOf } from "./span.js";
import { printedRoom, spanWords } from "./printed_room.js";

const A_WEEK = 6 * 86_400_000;

export class PrintDialog {
  /** `facts`: {current() → room, request(event, payload), signOf(room), render(text), isBlocked(id)} */
  constructor(facts) {
    this.facts = facts;
    this.dialog = byId("print");
    this.form = byId("print-form");
    this.said = byId("print-said");
    this.button = byId("print-do");
    this.dialog.addEventListener("opening", () => this.#open());
    onSubmit(this.form, () => this.#print());
  }

  #open() {
    const { from, to } = this.form.elements;
    const today = dayOf(Date.now());
    for (const field of [from, to]) field.max = today;
    to.value = today;
    from.value ||= dayOf(Date.now() - A_WEEK);
    setText(this.said, "");
  }

  async #print() {
    const { from, to } = this.form.elements;
    const room = this.facts.current();
    this.button.disabled = true;
    setText(this.said, gettext("Loading messages"));
    try {
      const span = spanOf(from.value, to.value);
      const found = await messagesBetween(room, span, {
        ask: (payload) => this.facts.request("history", payload),
        told: (count) => setText(this.said, ngettext("%(count)s message", "%(count)s messages", count)),
      });
      if (!this.dialog.open) return;
      if (found.messages.length) this.#show(room, span, found);
      else setText(this.said, gettext("There are no messages on these days."));
    } catch (error) {
      setText(this.said, error.message);
    } finally {
      this.button.disabled = false;
    }
  }

  #show(room, span, found) {
    const { signOf, render, isBlocked } = this.facts;
    const page = printedRoom({ ...found, sign: signOf(room), render, isBlocked, now: Date.now() });
    const { title } = document;
    this.dialog.close();
    document.body.append(page);
    document.title = `${signOf(room)}, ${spanWords(span)}`;
    addEventListener("afterprint", () => { page.remove(); document.title = title; }, { once: true });
    window.print();
  }
}
