// One report as a moderator sees it: the copy, reporter and reason, and the ways to act, resolve and answer.

import { el, fill, icon, onSubmit } from "../../core/dom.js";
import { shortTime } from "../../core/format.js";
import { pathOf } from "../../core/address.js";
import { messageQuote } from "../message_quote.js";
import { attempt } from "../modal.js";
import { placeOf, stateTag } from "./own_report.js";
import { gettext, ngettext, withNodes } from "../../core/translate.js";

export class ReportCard {
  node = el("li.report");
  #facts = el("p.report__facts");
  #body = el("div.report__body");
  #ways = el("div.report__ways");
  #error = el("p.field__error", { role: "alert", hidden: true }, icon("alert", true), el("span"));
  #form = null;
  #shown = undefined;       // the seq of the message in the body: a further hit of the same rule shows a newer one

  /** `dialogs`: {me, api, reports, mayModerate(report), moderate(report, back), remove(message, back)} */
  constructor(dialogs) {
    this.dialogs = dialogs;
    this.node.append(this.#facts, this.#body, this.#ways, this.#error);
  }

  /** Text typed into the card's form is kept. */
  update(report) {
    this.report = report;
    const { room, created_at, reporter } = report;
    fill(this.#facts, stateTag(report.state, stateWords(report, this.dialogs.me)), el("bdi", {}, placeOf(room)),
      el("span", {}, reporter ? withNodes(gettext("Reported by %(name)s"), { name: el("bdi", {}, reporter.name) }) : isHeld(report) ? gettext("Held by the word list: nobody can see it yet") : flaggedWords(report)), el("time", {}, shortTime(created_at)));
    if (this.#shown !== report.seq) fill(this.#body, el("p", { dir: "auto" }, el("b", {}, report.reason)), el("div.quoted", {}, messageQuote(report.snapshot)));
    this.#shown = report.seq;
    if (report.state === "resolved") this.#resolved();
    else this.#open();
  }

  #resolved() {
    const { outcome, answer, resolved_by } = this.report;
    this.#form?.remove();
    fill(this.#ways, el("p.report__answer", {}, icon("check", true), el("span", { dir: "auto" },
      resolvedWords(resolved_by, outcome, answer))));
  }

  #open() {
    const { report } = this;
    const focused = this.#ways.contains(document.activeElement) ? /** @type {HTMLElement} */ (document.activeElement).dataset.key : null;
    const isMine = report.claimed_by?.id === this.dialogs.me.id;
    fill(this.#ways, [
      isMine ? this.#button("claim", "eye", gettext("Unclaim"), () => this.#handle("release")) : this.#button("claim", "eye", gettext("Claim"), () => this.#handle("claim")),
      report.seq && el("a.button", { href: pathOf(report.room, report.seq), "data-key": "show" }, icon("link", true), gettext("Show in room")),
      isHeld(report) && this.#button("send", "send", gettext("Approve"), () => this.#handle("send")),
      report.seq && this.#button("delete", "trash", gettext("Delete message"), () => this.dialogs.remove(this.#message, this.#back("delete"))),
      this.dialogs.mayModerate(report) && this.#button("moderate", "shield", gettext("Moderate %(name)s", { name: report.author.name }), () => this.dialogs.moderate(report, this.#back("moderate"))),
      isHeld(report) ? this.#button("resolve", "close", gettext("Reject…"), () => this.#answer()) : this.#button("resolve", "check", gettext("Resolve…"), () => this.#answer()),
    ].filter(Boolean));
    if (focused) this.#back(focused)()?.focus();
  }

  get #message() { return { ...this.report.snapshot, room: this.report.room.id, seq: this.report.seq }; }
  #back(key) { return () => this.#ways.querySelector(`[data-key="${key}"]`); }

  #button(key, mark, words, act) {
    return el("button.button", { type: "button", "data-key": key, onclick: act }, icon(mark, true), el("bdi", {}, words));
  }

  #handle(action, more) {
    const button = this.#back(["resolve", "send"].includes(action) ? action : "claim")();
    return attempt(button, this.#error, async () => {
      await this.dialogs.api.handle(this.report, action, more);
      await this.dialogs.reports.refresh();
    });
  }

  #answer() {
    this.#form ??= this.#makeForm();
    this.node.append(this.#form);
    this.#form.querySelector("input").focus();
  }

  #makeForm() {
    const { id } = this.report;
    const told = answeredTo(this.report);
    const form = el("form.report__form", { autocomplete: "off" },
      field(`outcome-${id}`, gettext("What was done"), gettext("Moderators see it."), el("input.input", { name: "outcome", dir: "auto", maxLength: 200 })),
      told && field(`answer-${id}`, gettext("Answer to %(name)s", { name: told.name }), gettext("%(name)s sees it, without your name.", { name: told.name }), el("textarea.input", { name: "answer", rows: 2, dir: "auto", maxLength: 500 })),
      el("div.moderate__ways", {}, el("button.button.button--solid", {}, doWords(isHeld(this.report), told))));
    onSubmit(form, () => this.#handle("resolve", Object.fromEntries(new FormData(form))));
    return form;
  }
}

/** Pure. */
export function flaggedWords({ count = 1 }) {
  return count > 1 ? ngettext("Found by the word list %(count)s time", "Found by the word list %(count)s times", count) : gettext("Found by the word list");
}

function isHeld({ source }) { return source === "held"; }

// The author of a held message waits for an answer; nobody waits for one about a flagged message.
function answeredTo({ source, author, reporter }) { return source === "held" ? author : reporter; }

/** Pure. */
export function stateWords({ state, claimed_by }, me) {
  if (state === "resolved") return gettext("Resolved");
  if (state === "open" || !claimed_by) return gettext("Open");
  return claimed_by.id === me.id ? gettext("Claimed by you") : gettext("Claimed by %(name)s", { name: claimed_by.name });
}

function field(id, label, hint, input) {
  Object.assign(input, { id });
  input.setAttribute("aria-describedby", `${id}-hint`);
  return el("div.field", {}, el("label", { htmlFor: id }, label), input, el("p.field__hint", { id: `${id}-hint` }, hint));
}

function doWords(held, told) {
  if (held) return told ? gettext("Reject and answer") : gettext("Decline");
  return told ? gettext("Resolve and answer") : gettext("Resolve");
}

/** "Resolved by Inês: deleted. Answered: thank you" */
function resolvedWords(by, outcome, answer) {
  const resolved = by ? gettext("Resolved by %(name)s", { name: by.name }) : gettext("Resolved");
  return `${resolved}${outcome ? `: ${outcome}` : "."}${answer ? ` ${gettext("Answered: %(answer)s", { answer })}` : ""}`;
}
