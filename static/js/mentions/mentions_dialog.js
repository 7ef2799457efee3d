// The mentions: messages that mention me or reply to me in my rooms, newest first; each leads to its message.

import { openDialog } from "../dialogs/layers.js";
import { byId, el, fill, setText } from "../core/dom.js";
import { onReturn } from "../core/on_return.js";
import { stepOf } from "../keyboard/key_match.js";
import { SearchError } from "../search/search_api.js";
import { hitRow } from "../search/hit_row.js";
import { askMentions, mentionsIn, outcome } from "./mentions_api.js";
import { gettext } from "../core/translate.js";

const BEHIND = 1500;      // messages written or changed until then are announced

export class MentionsDialog {
  #found = null;            // until the first answer
  #next = "";
  #asked = 0;
  #again = null;

  /** `facts`: {me, rooms, ask(after) → {mentions, next}} */
  constructor({ me, rooms, ask = askMentions }) {
    this.me = me;
    this.rooms = rooms;
    this.ask = ask;
    this.dialog = byId("mentions");
    this.list = byId("mentions-list");
    this.said = byId("mentions-said");
    this.more = byId("mentions-more");
    this.more.addEventListener("click", () => this.#goOn());
    this.dialog.addEventListener("keydown", (event) => this.#key(event));
    this.dialog.addEventListener("close", () => clearTimeout(this.#again));
    this.list.addEventListener("click", (event) => {
      if (event.target.closest("a") && !event.ctrlKey && !event.metaKey && !event.shiftKey) this.dialog.close();
    });
    rooms.on("messages", () => this.#later());
    for (const change of ["read", "list"]) rooms.on(change, () => { if (this.dialog.open) this.#draw(); });
  }

  open() {
    openDialog(this.dialog);
    this.#look();
    this.#later();
  }

  /** A message came or changed: announced a moment later. */
  #later() {
    clearTimeout(this.#again);
    if (this.dialog.open) this.#again = setTimeout(() => this.#look(), BEHIND);
  }

  async #look() {
    const found = await this.#told("");
    if (!found) return;
    this.#found = found.mentions;
    this.#next = found.next;
    this.#draw();
  }

  async #goOn() {
    const found = await this.#told(this.#next);
    if (!found) return;
    const at = this.#found.length;
    this.#found = [...this.#found, ...found.mentions];
    this.#next = found.next;
    this.#draw();
    this.#links()[at]?.focus();
  }

  /** The answer, or null if a newer request replaced this one or it failed. */
  async #told(after) {
    const asked = ++this.#asked;
    try {
      const found = await this.ask(after);
      return asked === this.#asked ? found : null;
    } catch (error) {
      if (!(error instanceof SearchError)) throw error;
      setText(this.said, error.message);
      onReturn(this, () => { if (this.dialog.open) this.#look(); });
      return null;
    }
  }

  #draw() {
    if (!this.#found) return;
    const focused = document.activeElement?.getAttribute("href");
    const shown = this.#found.filter(({ room }) => this.rooms.get(room)?.role);
    const rows = shown.map((mention) => this.#row(mention));
    fill(this.list, rows);
    if (focused) this.#links().find((link) => link.getAttribute("href") === focused)?.focus({ preventScroll: true });
    this.more.hidden = !this.#next;
    setText(this.said, outcome({ shown: rows.length, fresh: shown.filter((mention) => this.#isFresh(mention)).length, next: this.#next }));
  }

  #row(mention) {
    const room = this.rooms.get(mention.room);
    const row = hitRow(mention, { me: this.me, room, now: Date.now(), places: mentionsIn(this.me.handle) });
    if (mention.is_reply) row.firstElementChild.append(el("span.tag.tag--act", {}, gettext("Reply to you")));
    if (this.#isFresh(mention)) {
      row.classList.add("hit--fresh");
      row.firstElementChild.append(el("span.tag.tag--yours", {}, gettext("Unread")));
    }
    return row;
  }

  #isFresh({ room, seq }) { return seq > this.rooms.get(room).read; }

  #links() { return [...this.list.querySelectorAll("a")]; }

  #key(event) {
    const step = stepOf(event);
    if (!step) return;
    const links = this.#links();
    const at = links.indexOf(document.activeElement) + step;
    links[Math.min(Math.max(0, at), links.length - 1)]?.focus();
    event.preventDefault();
  }
}
