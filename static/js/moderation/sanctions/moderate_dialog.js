// Moderates a person: first the current sanction, then what to do, for how long and why. The button says what will happen.

import { announce } from "../../core/announce.js";
import { toast } from "../../core/toast.js";
import { byId, el, face, fill, icon, onSubmit, setText, valuesOf } from "../../core/dom.js";
import { everySecond } from "../../core/ticks.js";
import { gettext, ngettext } from "../../core/translate.js";
import { hasLength } from "../moderation_requests.js";
import { attempt, openModal, say } from "../modal.js";
import { PastPurges } from "./past_purges.js";
import { consequence, doneWords, endHint, purgeOf, resultWords, secondsOf } from "./sanction_terms.js";
import { powersOver } from "../../store/policy.js";
import { nowWords, pastWords } from "./sanction_texts.js";

const CALM = 500;        // ms without a change until it is spoken of
const NEEDS = { mute: "sanction", kick: "remove", ban: "sanction", purge: "purge" };

export class ModerateDialog {
  #person = null;
  #room = null;
  #said = "";           // of the choices
  #saying;
  #counted = null;      // whose messages of which span were counted last

  /** `facts`: {me, sanctions, api, signOf(room)} */
  constructor(facts) {
    this.facts = facts;
    this.dialog = byId("moderate");
    this.form = byId("moderate-form");
    this.button = byId("moderate-do");
    this.error = byId("moderate-error");
    this.purges = new PastPurges({ api: facts.api, error: this.error });
    this.form.addEventListener("input", () => { this.#show(); this.#say(); });
    onSubmit(this.form, () => this.#submit());
    byId("moderate-lift").addEventListener("click", () => this.#lift());
    facts.sanctions.on("change", () => this.#showNow());
    everySecond(() => { if (this.dialog.open) this.#show(); });
  }

  /** `back()` returns the element that gets the focus afterwards. */
  open(room, person, back) {
    this.powers = powersOver(room, this.facts.me, person);
    this.#room = room;
    this.#person = person;
    this.#counted = undefined;
    this.form.reset();
    say(this.error, "");
    this.#offer();
    this.#introduce();
    this.#show();
    this.#showNow();
    if (this.powers.purge) this.purges.show(room, person);
    openModal(this.dialog, back);
  }

  get #terms() { return valuesOf(this.form); }

  #offer() {
    const choices = [...this.form.elements.action];
    for (const choice of choices) choice.parentNode.hidden = !this.powers[NEEDS[choice.value]];
    choices.find((choice) => !choice.parentNode.hidden).checked = true;
    byId("moderate-until").value = localMinute(Date.now() + 3_600_000);
  }

  async #introduce() {
    const { name, handle } = this.#person;
    const about = handle && el("bdi", {}, `@${handle}`);
    const picture = face(this.#person);
    picture.id = "moderate-face";
    byId("moderate-face").replaceWith(picture);
    setText(byId("moderate-name"), name);
    this.dialog.setAttribute("aria-label", gettext("Moderate %(name)s", { name }));
    fill(byId("moderate-facts"), about);
    const person = this.#person;
    const past = this.powers.sanction ? await this.facts.sanctions.past(this.#room, person.id).catch(() => []) : [];
    const words = pastWords(past, Date.now());
    if (person === this.#person && words) fill(byId("moderate-facts"), about, about && ", ", words);
  }

  #show() {
    const terms = this.#terms;
    const purges = terms.action === "purge";
    if (purges && terms.span === "none") {
      this.form.elements.span.value = terms.span = "hour";
    }
    this.form.querySelector("[name=span][value=none]").parentNode.hidden = purges;
    byId("moderate-length").hidden = !hasLength(terms.action);
    byId("moderate-span").hidden = !this.powers.purge;
    byId("moderate-until").hidden = terms.length !== "until";
    byId("moderate-site").hidden = !(this.powers.onSite && hasLength(terms.action));
    setText(byId("moderate-consequence"), consequence(terms, this.facts.signOf(this.#room)));
    setText(byId("moderate-end"), endHint(terms, Date.now()));
    setText(this.button, resultWords(terms, Date.now()));
    this.#tellCount(purgeOf(terms));
  }

  /** What another choice would do is shown beside it; a screen reader does not come there. */
  #say() {
    const words = [byId("moderate-consequence"), byId("moderate-end"), this.button].filter((node) => node.checkVisibility?.() ?? true).map((node) => node.textContent).filter(Boolean).join(" ");
    clearTimeout(this.#saying);
    this.#saying = setTimeout(() => { if (words !== this.#said) announce(this.#said = words); }, CALM);
  }

  /** How many messages a purge would remove, fetched once for each span. */
  async #tellCount(purge) {
    const key = purge && `${this.#room.id} ${this.#person.id} ${purge.seconds}`;
    if (key === this.#counted) return;
    this.#counted = key;
    setText(byId("moderate-takes"), "");
    const found = purge && await this.facts.sanctions.countPurge(this.#room, this.#person.id, purge.seconds).catch(() => null);
    if (found && key === this.#counted) setText(byId("moderate-takes"), takesWords(found.count));
  }

  #showNow() {
    const sanction = this.#person && this.facts.sanctions.of(this.#room, this.#person.id);
    byId("moderate-now").hidden = !sanction;
    if (!sanction) return;
    const [mark, words] = byId("moderate-now").children;
    mark.replaceWith(icon(sanction.kind, true));
    setText(words, nowWords(sanction));
  }

  async #submit() {
    const terms = this.#terms;
    const [room, person, words] = [this.#room, this.#person, doneWords(terms, Date.now())];
    if (!terms.reason.trim()) {
      say(this.error, gettext("Add a reason: the person will see it, and it is logged."));
      return byId("moderate-reason").focus();
    }
    let purged = null;
    const done = await attempt(this.button, this.error, async () => {
      if (terms.action !== "purge") await this.facts.api.moderate(room, person, { ...terms, seconds: secondsOf(terms, Date.now()) });
      const purge = purgeOf(terms);
      if (purge) purged = await this.facts.api.purge(room, person, { ...purge, reason: terms.reason });
    });
    if (!done) return;
    this.dialog.close();
    this.#tell(room, person, words, purged);
  }

  #tell(room, person, words, purged) {
    const { api } = this.facts;
    if (!purged) return toast(`${person.name}: ${words}`);
    toast(`${person.name}: ${words} (${ngettext("%(count)s message", "%(count)s messages", purged.count)})`, {
      words: gettext("Undo the purge"), act: () => api.unpurge(room, purged).catch(({ message }) => toast(message)), stays: true,
    });
  }

  async #lift() {
    const sanction = this.facts.sanctions.of(this.#room, this.#person.id);
    if (!sanction) return;
    const lifted = await attempt(byId("moderate-lift"), this.error, () => this.facts.api.lift(this.#room, this.#person, sanction));
    if (lifted) byId("moderate-name").focus();
  }
}

/** Pure. */
export function takesWords(count) {
  if (!count) return gettext("There is nothing to remove.");
  return ngettext("%(count)s message will be removed.", "%(count)s messages will be removed.", count);
}

// As a datetime-local field expects it: in the reader's own time zone.
function localMinute(time) {
  const at = new Date(time - new Date(time).getTimezoneOffset() * 60_000);
  return at.toISOString().slice(0, 16);
}
