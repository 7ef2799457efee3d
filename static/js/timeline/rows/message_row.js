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
import { messageName, messageNotes, notesNode } from "./message_label.js";
import { stateLine } from "./message_state.js";
import { deletedWords, tombstone } from "./tombstone.js";
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

  /**
   * The first article stays, with its buttons of actions: what has the focus must not get it again because others did something,
   * or screen readers interrupt themselves.
   */
  #put(fresh) {
    const article = this.node.firstElementChild;
    if (!article) return this.#begin(fresh);
    const active = /** @type {HTMLElement} */ (this.node.contains(document.activeElement) ? document.activeElement : null);
    adopt(article, fresh);
    this.#offerActions();
    keepReachable(this.node);
    if (!active || document.activeElement === active) return;
    const twin = active.isConnected ? active : this.node.querySelector(`[data-key="${CSS.escape(active.dataset.key ?? "")}"]`);
    (twin ?? article).focus({ preventScroll: true });
  }

  #begin(article) {
    this.node.append(article);
    this.#offerActions();
    keepReachable(this.node);
  }

  /** There is nothing to do with a message that was not sent, but for what its state says. */
  #offerActions() {
    const article = this.node.firstElementChild;
    if (this.node.dataset.seq && !article.querySelector(":scope > .actions")) article.append(actionsOf());
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
    const article = el("article.message", { id, tabIndex: -1 });
    article.classList.toggle("message--first", !grouped);
    article.classList.toggle("message--reply", Boolean(message.reply_to && !message.deleted));
    if (state) article.classList.add(...state.classes);
    if (message.reply_to && !message.deleted) article.append(quotedLine(item.quotesBlocked ? { ...item.quoted, text: BLOCKED_WORDS } : item.quoted, this.actions.linkTo({ ...message, seq: message.reply_to })));
    article.append(...(grouped ? this.#gutter(id, message) : this.#head(id, item)));
    if (item.blocked && !this.#unfolded && !message.deleted) {
      article.setAttribute("aria-label", messageName(message, BLOCKED_WORDS));
      article.append(el("div.message__content", {}, foldedLine(() => this.#unfold(item))));
      return article;
    }
    const shown = message.deleted ? [tombstone(message, this.actions)] : this.#text(item);
    article.append(el("div.message__content", {}, shown, reactionsLine(message, this.actions), state?.words && stateLine(id, item.entry.client_id, state, this.actions)));
    this.#name(article, item, message.deleted ? deletedWords(message, this.actions) : shown[0], state);
    return article;
  }

  #name(article, item, shown, state) {
    const { message } = item;
    const isForMe = !item.blocked && namesMe(message, this.actions.me);
    const notes = notesNode(`${article.id}-n`, messageNotes(message, { isForMe, answered: item.quoted }));
    article.classList.toggle("message--mine-to-read", isForMe);
    article.setAttribute("aria-label", messageName(message, shown));
    const described = [notes?.id, state?.words && `${article.id}-s`].filter(Boolean).join(" ");
    if (notes) article.append(notes);
    if (described) article.setAttribute("aria-describedby", described);
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

/** All that can be done with the message; actions_bar.js puts what is done most before it. */
function actionsOf() {
  return el("div.actions", {}, el("button.tool", { type: "button", "aria-label": gettext("More"), "data-key": "more", "aria-haspopup": "menu" }, icon("more")));
}

/** Make `article` what `fresh` is, but keep the element itself, the buttons of actions in it, and what passes by itself. */
function adopt(article, fresh) {
  for (const passing of ["message--held", "message--arrived"]) if (article.classList.contains(passing)) fresh.classList.add(passing);
  for (const name of ["id", "class", "aria-label", "aria-describedby"]) {
    const value = fresh.getAttribute(name);
    if (value === null) article.removeAttribute(name);
    else if (article.getAttribute(name) !== value) article.setAttribute(name, value);
  }
  const actions = article.querySelector(":scope > .actions");
  for (const child of [...article.childNodes]) if (child !== actions) child.remove();
  if (actions) actions.before(...fresh.childNodes);
  else article.append(...fresh.childNodes);
}

function namesMe(message, me) {
  return !message.deleted && message.author.id !== me.id && names(message, me.id);
}

function same(one, other) {
  return one.every((value, index) => value === other[index]);
}
