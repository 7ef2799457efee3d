// A room's messages as they stand on paper: no buttons, nothing folded or covered, and the whole of every text.

import { el } from "../core/dom.js";
import { clock, date, dayLabel, dayOf, shortTime } from "../core/format.js";
import { oneLine } from "../markdown/one_line.js";
import { gettext, ngettext } from "../core/translate.js";

/** `facts`: {sign, messages, cut, render(text), isBlocked(id), now}. */
export function printedRoom(facts) {
  const { sign, messages, cut, now } = facts;
  const bySeq = new Map(messages.map((message) => [message.seq, message]));
  const about = [ngettext("%(count)s message", "%(count)s messages", messages.length), gettext("printed %(time)s", { time: shortTime(now) })];
  return el("section.printed", {},
    el("h1", {}, el("bdi", {}, sign)), el("p.printed__about", {}, about.join(", ")),
    cut && el("p.printed__about", {}, gettext("Only the newest messages of these days are here.")),
    el("ol", {}, rows(messages, { ...facts, bySeq })));
}

function rows(messages, facts) {
  let day = null;
  return messages.flatMap((message) => {
    const before = day;
    day = dayOf(message.sent_at);
    return [day !== before && dayRow(message), messageRow(message, facts)];
  });
}

/** A page is read later: it never says "Today". */
function dayRow({ sent_at }) {
  const day = dayOf(sent_at);
  return el("li.printed__day", {}, el("h2", {}, `${dayLabel(day, "0000-01-01")}`));
}

function messageRow(message, facts) {
  const { author, sent_at, edited_at, kind, text } = message;
  const time = el("time", { dateTime: new Date(sent_at).toISOString() }, clock(sent_at));
  const name = el("b", {}, el("bdi", {}, author.name));
  if (kind === "notice") return el("li.printed__notice", {}, name, " ", el("bdi", {}, text), " ", time);
  const edited = edited_at && !message.deleted ? el("span", {}, ` (${gettext("edited")})`) : null;
  return el("li.printed__message", {}, el("p.printed__head", {}, name, " ", time, edited), reply(message, facts), body(message, facts));
}

function reply({ reply_to: seq }, { bySeq, isBlocked }) {
  const answered = seq && bySeq.get(seq);
  if (!answered || answered.deleted || isBlocked(answered.author.id)) return null;
  return el("p.printed__reply", {}, `${gettext("In reply to")} `, el("bdi", {}, answered.author.name), ": ", el("span", { dir: "auto" }, oneLine(answered.text)));
}

function body({ author, deleted, text }, { render, isBlocked }) {
  if (deleted) return el("p.printed__notice", {}, gettext("This message was deleted."));
  if (isBlocked(author.id)) return el("p.printed__notice", {}, gettext("Message from a blocked person"));
  const prose = el("div.prose", { dir: "auto" }, render(text));
  // Nobody can press a link on paper.
  for (const link of prose.querySelectorAll("a[href]")) if (!link.href.includes(link.textContent.trim())) link.dataset.address = link.href;
  return prose;
}

/** "23 Nov 2026 – 24 Nov 2026", for the window's title, from which browsers make the name of a file. */
export function spanWords({ from, to }) {
  const [first, last] = [date(from), date(to - 1)];
  return first === last ? first : `${first} – ${last}`;
}
