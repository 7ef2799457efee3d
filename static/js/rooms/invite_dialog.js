// The dialog "Invite people": one link to copy, its QR code, mail, and people who have an account already.

import { byId, el, fill, onSubmit } from "../core/dom.js";
import { fullTime } from "../core/format.js";
import { gettext, ngettext } from "../core/translate.js";
import { copyLink } from "../dialogs/copy_link.js";
import { Finder } from "../people/finder.js";
import { roomSign } from "./names.js";

export class InviteDialog {
  #room = null;
  #invitation = null;

  /** `facts`: {request(event, payload) → ack, room() → room or null, rooms, people, me} */
  constructor(facts) {
    this.facts = facts;
    this.dialog = byId("invite");
    this.link = byId("invite-link");
    this.copy = byId("invite-copy");
    this.codePart = byId("invite-code-part");
    this.dialog.addEventListener("opening", () => this.#open());
    this.copy.addEventListener("click", () => copyLink(this.link.value, () => this.link.select()));
    this.codePart.addEventListener("toggle", () => this.#showCode());
    const form = /** @type {HTMLFormElement | null} */ (document.getElementById("invite-mail"));     // where the server sends mail
    if (form) onSubmit(form, () => this.#mail());
    new Finder("invite", {
      statusOf: (id) => facts.rooms.statusOf(id),
      note: (person) => (facts.people.membersOf(this.#room?.id)?.some(({ id }) => id === person.id) ? gettext("Here") : ""),
      choose: (person) => this.#add(person),
    });
  }

  async #open() {
    const room = this.facts.room();
    if (room !== this.#room) this.#forget();
    this.#room = room;
    fill(byId("invite-about"), room && el("bdi", {}, roomSign(room, this.facts.me)));
    this.#say("");
    byId("invite-sent").textContent = "";
    try {
      const invitation = await this.facts.request("share_invitation", { room: room.id });
      if (room === this.#room) this.#show(invitation);
    } catch (error) {
      this.#say(error.message);
    }
  }

  #forget() {
    this.#invitation = null;
    this.link.value = "";
    byId("invite-until").textContent = "";
    this.codePart.open = false;
    byId("invite-code").removeAttribute("src");
  }

  #show(invitation) {
    this.#invitation = invitation;
    this.link.value = invitation.link;
    byId("invite-until").textContent = gettext("It expires on %(date)s.", { date: fullTime(invitation.until) });
    this.#showCode();
  }

  #showCode() {
    if (this.codePart.open && this.#invitation) byId("invite-code").setAttribute("src", `/invitations/${this.#invitation.invitation}/code.svg`);
  }

  async #mail() {
    const box = byId("invite-addresses");
    const addresses = addressesIn(box.value);
    if (!addresses.length) return box.focus();
    const most = Number(box.dataset.most);
    if (addresses.length > most) return this.#say(gettext("At most %(most)s addresses at once.", { most }));
    const send = byId("invite-send");
    send.disabled = true;
    this.#say("");
    try {
      const { sent } = await this.facts.request("mail_invitation", { room: this.#room.id, addresses });
      box.value = "";
      byId("invite-sent").textContent = ngettext("%(count)s invitation was sent.", "%(count)s invitations were sent.", sent);
    } catch (error) {
      this.#say(error.message);
    } finally {
      send.disabled = false;
    }
  }

  async #add(person) {
    const { asked } = await this.facts.request("invite", { room: this.#room.id, user: person.id });
    if (asked) return gettext("%(name)s was invited.", { name: person.name });
    this.facts.people.learn(person);
    this.facts.people.setRole(this.#room.id, person.id, "member");
    return gettext("%(name)s joined.", { name: person.name });
  }

  #say(words) {
    const line = byId("invite-error");
    line.hidden = !words;
    line.lastElementChild.textContent = words;
  }
}

/** The addresses in what was typed or pasted, as "Bob <bob@example.org>, carol@example.org". Pure. */
export function addressesIn(text) {
  return text.split(/[\s,;<>]+/).filter((part) => part.includes("@"));
}
