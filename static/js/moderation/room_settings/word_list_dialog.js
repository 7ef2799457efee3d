// The word list of a room: matching messages are refused, held or flagged. The site's own words are shown among them,
// read-only.

import { askRoom } from "../../core/api.js";
import { byId, el, fill, onSubmit, valuesOf } from "../../core/dom.js";
import { onReturn } from "../../core/on_return.js";
import { gettext } from "../../core/translate.js";
import { attempt, listFound, openModal, say } from "../modal.js";

const EFFECTS = { refuse: gettext("Rejected"), hold: gettext("Waiting for a moderator"), flag: gettext("Sent and reported") };

export class WordListDialog {
  #room = null;

  /** `facts`: {api, signOf(room)} */
  constructor(facts) {
    this.facts = facts;
    this.dialog = byId("words");
    this.form = byId("words-form");
    this.list = byId("words-list");
    onSubmit(this.form, () => this.#add());
  }

  open(room, back) {
    this.#room = room;
    this.form.reset();
    fill(this.list);
    fill(byId("words-about"), el("bdi", {}, this.facts.signOf(room)));
    say(byId("words-error"), "");
    openModal(this.dialog, back);
    this.#show();
  }

  async #add() {
    const { pattern } = this.form.elements;
    const rule = valuesOf(this.form);
    if (!await this.#set(byId("words-add"), rule, rule.effect)) return;
    pattern.value = "";
    pattern.focus();
  }

  /** Resolves with whether it succeeded; `effect` null removes the rule. */
  async #set(button, { kind, pattern }, effect) {
    const done = await attempt(button, byId("words-error"), () => this.facts.api.word(this.#room, { kind, pattern: pattern.trim(), effect }));
    if (done) await this.#show();
    return done;
  }

  async #show() {
    const room = this.#room;
    const found = await askRoom(room, "words/").catch(() => null);
    if (!found) onReturn(this, () => { if (this.dialog.open) this.#show(); });
    if (room === this.#room) listFound(this.list, found?.words, (rule) => this.#row(rule), gettext("Nothing."));
  }

  #row(rule) {
    return el("li", {}, el("span.held__who", {}, el("b", { dir: "auto" }, rule.pattern), el("small", {}, ruleWords(rule))),
      !rule.whole_site && this.#choice(rule), !rule.whole_site && this.#removalNotice(rule));
  }

  #choice(rule) {
    const choice = el("select.input", { "aria-label": gettext("What happens to %(pattern)s", rule) },
      Object.entries(EFFECTS).map(([effect, words]) => el("option", { value: effect, selected: effect === rule.effect }, words)));
    choice.addEventListener("change", async () => {
      await this.#set(choice, rule, choice.value);
      this.list.querySelector(`[aria-label="${CSS.escape(choice.getAttribute("aria-label"))}"]`)?.focus();
    });
    return choice;
  }

  #removalNotice(rule) {
    const remove = el("button.button", { type: "button", "aria-label": gettext("Remove %(pattern)s", rule) }, gettext("Remove"));
    remove.addEventListener("click", async () => { if (await this.#set(remove, rule, null)) byId("words-title").focus(); });
    return remove;
  }
}

/** "Links to it. Refused in all rooms". Pure. */
export function ruleWords({ kind, effect, whole_site: everywhere }) {
  const what = kind === "link" ? gettext("Links to it") : gettext("Word or phrase");
  return everywhere ? `${what}. ${EFFECTS[effect]}, ${gettext("in all rooms")}` : what;
}
