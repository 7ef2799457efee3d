// The row of one message. Its element lives from the key press to the archive; only changed parts are drawn again.

import { linkedQuote, quotedLine } from "./quoted.js";
import { reactionsLine } from "./reactions.js";
import { el, face, hiddenWords, icon } from "../../core/dom.js";
import { clock, fullTime } from "../../core/format.js";
import { timeNotation } from "../../core/time_notation.js";
import { names } from "../../store/named_people.js";
import { entryState } from "./entry_state.js";
import { BLOCKED_WORDS, foldedLine } from "./folded.js";
import { isReceivedOnly, timeTitle } from "./received.js";
import { keepReachable } from "../roving_tabindex.js";
import { MessageBody } from "./message_body.js";
import { stateLine } from "./message_state.js";
import { tombstone } from "./tombstone.js";
import { gettext } from "../../core/translate.js";

const ROLE_TAGS = { owner: ["crown", gettext("Owner")], moderator: ["shield", gettext("Moderator")] };

export class MessageRow {
  node = el("li.row");
  #shown = null;
  #prose;
  #unfolded = false;      // whether a blocked person's message is shown on request

  /** `actions`: {person(person, button), linkTo(message), now(), ...} and what MessageBody and the lines below take. */
  constructor(actions) {
    this.actions = actions;
    this.#prose = new MessageBody(actions);
  }

  update(item) {
    const state = item.entry ? entryState(item.entry, this.actions, item.behind) : null;
    const signature = [item.grouped, item.role, item.shared, item.held, item.quoted, item.quotesBlocked, item.blocked && !this.#unfolded, item.linked?.message, item.linked?.sign, item.linked?.blocked, item.members, state?.kind, state?.words, item.message.seq ?? null, timeNotation.version];
    const shown = this.#shown;
    if (shown && same(shown.signature, signature) && (shown.message === item.message || (item.entry && this.#prose.text === item.message.text))) return;
    this.#shown = { message: item.message, signature };
    this.#label(item);
    this.#put(this.#article(item, state));
  }

  /** Replace the old article, without removing a button that is pressed or focused. */
  #put(article) {
    const active = /** @type {HTMLElement} */ (this.node.contains(document.activeElement) ? document.activeElement : null);
    const bar = this.node.querySelector(".actions");
    this.node.replaceChildren(article);
    if (bar) article.append(bar);
    keepReachable(this.node);
    if (!active) return;
    const twin = active.isConnected ? active : this.node.querySelector(`[data-key="${CSS.escape(active.dataset.key ?? "")}"]`);
    (twin ?? article).focus({ preventScroll: true });
  }

  #label({ message, entry }) {
    const { dataset } = this.node;
    const clientId = entry?.client_id ?? message.client_id;
    if (clientId) dataset.clientId = clientId;
    if (message.seq) dataset.seq = message.seq;
    else delete dataset.seq;
    dataset.author = message.author.id;
  }

  #article(item, state) {
    const { message, grouped } = item;
    const id = message.seq ? `m${message.seq}` : `c${item.entry.client_id}`;
    const article = el("article.message", { id, tabIndex: -1, "aria-labelledby": `${id}-a ${id}-t` });
    article.classList.toggle("message--first", !grouped);
    article.classList.toggle("message--reply", Boolean(message.reply_to && !message.deleted));
    if (state) article.classList.add(...state.classes);
    if (state?.words) article.setAttribute("aria-describedby", `${id}-s`);
    if (message.reply_to && !message.deleted) article.append(quotedLine(item.quotesBlocked ? { ...item.quoted, text: BLOCKED_WORDS } : item.quoted, this.actions.linkTo({ ...message, seq: message.reply_to })));
    article.append(...(grouped ? this.#gutter(id, message) : this.#head(id, item)));
    if (item.blocked && !this.#unfolded && !message.deleted) {
      article.append(el("div.message__content", {}, foldedLine(() => this.#unfold(item))));
      return article;
    }
    article.append(el("div.message__content", {}, message.deleted ? tombstone(message, this.actions) : this.#text(item),
      reactionsLine(message, this.actions), state?.words && stateLine(id, item.entry.client_id, state, this.actions)));
    article.classList.toggle("message--mine-to-read", !item.blocked && isForMe(message, this.actions.me));
    return article;
  }

  #text({ message, members, linked }) {
    const nodes = this.#prose.nodes(message, members);
    return linked ? [...nodes, linkedQuote(linked, nodes[0], this.actions.linkTo(linked.message))] : nodes;
  }

  #unfold(item) {
    this.#unfolded = true;
    this.update(item);
    this.node.firstElementChild.focus({ preventScroll: true });
  }

  #head(id, { message, role, shared, held }) {
    const { author } = message;
    const name = el("button.message__author", { type: "button", id: `${id}-a`, dir: "auto", "data-key": "author" }, author.name);
    name.addEventListener("click", () => this.actions.person(author, name));
    const tag = ROLE_TAGS[role];
    return [
      face(author),
      el("header.message__head", {}, name,
        shared && el("bdi.message__handle", {}, `@${author.handle}`),
        tag && el("span.tag", {}, icon(tag[0], true), tag[1]),
        held && el("span.tag.tag--yours", {}, icon("mute", true), held),
        this.#time("message__time", id, message)),
    ];
  }

  #gutter(id, message) {
    const author = hiddenWords(message.author.name);
    author.id = `${id}-a`;
    return [this.#time("message__gutter-time", id, message), author];
  }

  #time(className, id, message) {
    const time = el("time", { dateTime: new Date(message.sent_at).toISOString() }, clock(message.sent_at));
    const receivedOnly = isReceivedOnly(message, this.actions);
    const full = timeTitle(fullTime(message.sent_at), receivedOnly);
    const properties = { className: receivedOnly ? `${className} received` : className, id: `${id}-t`, title: full };
    if (!message.seq) return el("span", properties, time);
    return el("a", { ...properties, href: this.actions.linkTo(message), "data-key": "time", "data-full": full }, time);
  }
}

function isForMe(message, me) {
  return !message.deleted && message.author.id !== me.id && names(message, me.id);
}

function same(one, other) {
  return one.every((value, index) => value === other[index]);
}
