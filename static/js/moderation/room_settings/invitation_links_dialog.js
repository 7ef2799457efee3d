// Invitation links of a room: create, copy once, list, revoke.

import { askRoom } from "../../core/api.js";
import { copyLink } from "../../dialogs/copy_link.js";
import { byId, el, fill, onSubmit } from "../../core/dom.js";
import { onReturn } from "../../core/on_return.js";
import { gettext, ngettext } from "../../core/translate.js";
import { attempt, listFound, openModal, say } from "../modal.js";
import { endWords } from "../sanctions/sanction_texts.js";

export class InvitationLinksDialog {
  #room = null;

  /** `facts`: {api, signOf(room)} */
  constructor(facts) {
    this.facts = facts;
    this.dialog = byId("links");
    this.form = byId("links-form");
    this.list = byId("links-list");
    this.link = byId("links-link");
    onSubmit(this.form, () => this.#make());
    byId("links-copy").addEventListener("click", () => copyLink(this.link.value, () => this.link.select()));
  }

  open(room, back) {
    this.#room = room;
    this.form.reset();
    fill(this.list);
    byId("links-made").hidden = true;
    fill(byId("links-about"), el("bdi", {}, this.facts.signOf(room)));
    say(byId("links-error"), "");
    openModal(this.dialog, back);
    this.#show();
  }

  async #make() {
    const terms = Object.fromEntries([...new FormData(this.form)].filter(([, value]) => value).map(([name, value]) => [name, Number(value)]));
    const made = await attempt(byId("links-make"), byId("links-error"), async () => {
      this.link.value = (await this.facts.api.invitation(this.#room, terms)).link;
    });
    if (!made) return;
    byId("links-made").hidden = false;
    this.link.focus();
    this.link.select();
    this.#show();
  }

  async #show() {
    const room = this.#room;
    const found = await askRoom(room, "invitations/").catch(() => null);
    if (!found) onReturn(this, () => { if (this.dialog.open) this.#show(); });
    if (room === this.#room) listFound(this.list, found?.invitations, (invitation) => this.#row(invitation), gettext("None."));
  }

  #row(invitation) {
    const words = linkWords(invitation, Date.now());
    const revoke = el("button.button", { type: "button", "aria-label": gettext("Revoke: %(link)s", { link: words }) }, gettext("Revoke"));
    revoke.addEventListener("click", () => this.#revoke(invitation, revoke));
    return el("li", {}, el("span.held__who", {}, el("b", {}, words),
      invitation.by && el("small", {}, gettext("Created by %(name)s", invitation.by))), revoke);
  }

  async #revoke(invitation, button) {
    if (!await attempt(button, byId("links-error"), () => this.facts.api.revoke(invitation))) return;
    await this.#show();
    byId("links-title").focus();
  }
}

/** "Used by 1 of 5, until 14:30". Pure. */
export function linkWords({ uses, most_uses, until }, now, zone) {
  const used = most_uses ? gettext("Used by %(uses)s of %(most)s", { uses, most: most_uses }) : ngettext("Used by %(count)s person", "Used by %(count)s people", uses);
  return [used, until ? endWords(until, now, zone) : gettext("never expires")].join(", ");
}
