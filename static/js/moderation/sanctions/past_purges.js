// The purges of a person's messages here that can still be undone: the toast with its button is gone after seconds.

import { askRoom } from "../../core/api.js";
import { byId, el, fill } from "../../core/dom.js";
import { shortTime } from "../../core/format.js";
import { onReturn } from "../../core/on_return.js";
import { gettext, ngettext } from "../../core/translate.js";
import { attempt } from "../modal.js";

export class PastPurges {
  #shown = null;      // {room, person}

  /** @param {{api: import("../moderation_requests.js").ModerationApi, error: HTMLElement, ask?: typeof askRoom}} facts */
  constructor({ api, error, ask = askRoom }) {
    this.api = api;
    this.error = error;
    this.ask = ask;
    this.list = byId("moderate-purges");
  }

  async show(room, person) {
    const shown = this.#shown = { room, person };
    this.#draw([]);
    const found = await this.ask(room, `purges/${person.id}/`).catch(() => null);
    if (shown !== this.#shown) return;
    if (!found) onReturn(this, () => { if (shown === this.#shown && this.list.isConnected) this.show(room, person); });
    else this.#draw(found.purges);
  }

  #draw(purges) {
    this.list.hidden = !purges.length;
    fill(this.list, purges.map((purge) => this.#row(purge)));
  }

  #row(purge) {
    const button = el("button.button", { type: "button" }, gettext("Undo the purge"));
    button.addEventListener("click", () => this.#undo(purge, button));
    return el("li", {}, el("span.held__who", {}, el("b", {}, purgeWords(purge)), el("small", { dir: "auto" }, purge.reason)), button);
  }

  async #undo(purge, button) {
    const { room, person } = this.#shown;
    if (!await attempt(button, this.error, () => this.api.unpurge(room, purge))) return;
    await this.show(room, person);
    byId("moderate-name").focus();
  }
}

/** "12 messages purged by Inês, 14:30". Pure. */
export function purgeWords({ count, by, at }, timeOf = shortTime) {
  const what = ngettext("%(count)s message purged", "%(count)s messages purged", count);
  const who = by ? gettext("%(what)s by %(name)s", { what, name: by.name }) : what;
  return `${who}, ${timeOf(at)}`;
}
