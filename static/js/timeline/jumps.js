// The buttons that lead up to the first unread message, down to a mention of me, and down to the latest message. The message gets
// the focus, for the button hides.

import { clock } from "../core/format.js";
import { setText } from "../core/dom.js";
import { names } from "../store/named_people.js";
import { gettext, locale, ngettext } from "../core/translate.js";

export class Jumps {
  #seen = null;              // the divider's seq, once it was in sight
  #mention = null;           // the seq to which the mention's button leads

  /** `scrollTo`: {opened, toUnread(), toMessage(seq), toLatest()}; `tabStop`: RovingTabindex; `buttons`: {up, mention, down} */
  constructor(timeline, scrollTo, tabStop, { up, mention, down }) {
    this.timeline = timeline;
    this.scrollTo = scrollTo;
    this.up = up;
    this.mention = mention;
    this.down = down;
    for (const change of ["rendered", "scroll"]) timeline.on(change, () => this.#draw());
    this.up.addEventListener("click", async () => { await scrollTo.toUnread(); tabStop.focusUnread(); });
    this.mention.addEventListener("click", () => scrollTo.toMessage(this.#mention));
    this.down.addEventListener("click", () => { scrollTo.toLatest(); tabStop.focusNewest(); });
  }

  #draw() {
    const { room } = this.timeline;
    const away = this.scrollTo.opened && !this.timeline.anchor.following;
    this.#show(this.down, away && this.#farFromPresent(), room.unread ? ngettext("%(count)s new message", "%(count)s new messages", room.unread) : gettext("Jump to latest"));
    this.#mention = away && room.mentions > 0 ? this.#nextMention() : null;
    this.#show(this.mention, this.#mention !== null, ngettext("%(count)s mention below", "%(count)s mentions below", room.mentions));
    this.#show(this.up, this.#unreadAbove(), () => this.#unreadWords());
  }

  #show(button, shown, words) {
    button.hidden = !shown;
    if (shown) setText(button.lastElementChild, typeof words === "function" ? words() : words);
  }

  #farFromPresent() {
    const { room, anchor, scroller, endsAtLatest } = this.timeline;
    return room.unread > 0 || !endsAtLatest || anchor.fromEnd >= scroller.clientHeight;
  }

  /** Whether the divider is above the visible part, and was never in sight. */
  #unreadAbove() {
    const { fresh, anchor, room, rowWindow } = this.timeline;
    if (fresh === null || fresh === this.#seen || !this.scrollTo.opened) return false;
    const row = this.timeline.row("fresh");
    if (!row) return fresh + 1 < rowWindow.range(room.shown).from;
    if (!anchor.isAbove(row) && !anchor.isBelow(row)) this.#seen = fresh;
    return anchor.isAbove(row);
  }

  #unreadWords() {
    const { fresh, divider, room } = this.timeline;
    const counted = divider && !room.past ? room.tail.between(divider.seq, room.seq).filter((message) => this.#isNews(message)).length : room.seq - fresh;
    const count = counted.toLocaleString(locale);
    return divider ? gettext("%(count)s unread since %(time)s", { count, time: clock(divider.sent_at) }) : gettext("%(count)s unread", { count });
  }

  #nextMention() {
    const { anchor, room, facts } = this.timeline;
    const after = Math.max(room.read, anchor.inSight?.last ?? room.seq);
    const next = room.shown.between(after + 1, room.shown.newest).find((message) => this.#isNews(message) && names(message, facts.me.id));
    return next?.seq ?? null;
  }

  #isNews({ author, deleted }) { return !deleted && author?.id !== this.timeline.facts.me.id; }
}
