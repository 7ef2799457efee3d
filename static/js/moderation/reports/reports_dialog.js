// The reports: open ones, resolved ones, and my own with their answers.

import { byId, fill, keep } from "../../core/dom.js";
import { openModal } from "../modal.js";
import { OwnReport } from "./own_report.js";
import { ReportCard } from "./report_card.js";
import { gettext } from "../../core/translate.js";

const NOTHING = {
  waiting: gettext("No open reports. Reports from the rooms that you moderate appear here."),
  past: gettext("No resolved reports yet."),
  mine: gettext("You have reported nothing. To report a message, choose Report in its menu."),
};

export class ReportsDialog {
  #cards = new Map();       // "waiting 7" → card
  #past = { of_rooms: [], next: "" };

  /** `facts`: {me, reports, api, ...} as ReportCard's */
  constructor(facts) {
    this.facts = facts;
    this.dialog = byId("reports");
    this.form = this.dialog.querySelector("form");
    this.list = byId("reports-list");
    this.more = byId("reports-more");
    this.more.addEventListener("click", () => this.#more());
    this.form.addEventListener("change", () => this.#choose());
    this.dialog.addEventListener("click", ({ target }) => { if (target.closest("a[href]")) this.dialog.close(); });
    facts.reports.on("change", () => { if (this.dialog.open) this.#draw(); });
  }

  /** `show`: "waiting", "past" or "mine"; by default the likeliest of them. */
  open(show = null) {
    const { reports } = this.facts;
    this.form.elements.show.value = show ?? (reports.unread || !reports.toHandle.length ? reports.mine.length ? "mine" : "waiting" : "waiting");
    this.#cards.clear();
    fill(this.list);
    reports.fromTheTop();
    openModal(this.dialog, () => byId("reports-link"));
    this.#choose();
  }

  get #show() { return this.form.elements.show.value; }

  async #choose() {
    if (this.#show === "past") this.#past = await this.facts.reports.past().catch(() => ({ of_rooms: [], next: "" }));
    this.#draw();
  }

  /** Where the next page begins in what is shown, "" at its end. */
  get #next() { return { waiting: this.facts.reports.next, past: this.#past.next, mine: "" }[this.#show]; }

  async #more() {
    const { reports } = this.facts;
    const last = this.list.lastElementChild;
    this.more.disabled = true;
    if (this.#show === "waiting") await reports.more();
    else await reports.past(this.#past.next).then(({ of_rooms: found, next }) => { this.#past = { of_rooms: [...this.#past.of_rooms, ...found], next }; }).catch(() => {});
    this.more.disabled = false;
    this.#draw();
    (last?.nextElementSibling?.querySelector("button, a") ?? byId("reports-title")).focus();
  }

  #draw() {
    const { reports } = this.facts;
    const show = this.#show;
    const found = { waiting: reports.toHandle, past: this.#past.of_rooms, mine: reports.mine }[show];
    const wanted = found.map((report) => this.#cardOf(show, report));
    if (show === "mine" && reports.unread) reports.read();
    keep(this.list, wanted.map(({ node }) => node));
    if (document.activeElement === document.body) byId("reports-title").focus();
    this.more.hidden = !this.#next;
    byId("reports-nothing").hidden = found.length > 0;
    byId("reports-nothing").textContent = found.length ? "" : NOTHING[show];
  }

  #cardOf(show, report) {
    const key = `${show} ${report.id}`;
    if (!this.#cards.has(key)) this.#cards.set(key, show === "mine" ? new OwnReport() : new ReportCard(this.facts));
    const card = this.#cards.get(key);
    card.update(report);
    return card;
  }
}
