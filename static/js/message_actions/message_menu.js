// All actions on one message: a menu beside the button "More" or the pointer, a sheet from below on touch screens.

import { byId, el, fill, icon } from "../core/dom.js";
import { openPopover } from "../dialogs/layers.js";
import { fullTime } from "../core/format.js";
import { oneLine } from "../markdown/one_line.js";
import { AT_HAND, emojiPicture, nameOf } from "../emoji/pictures.js";
import { gettext } from "../core/translate.js";

export class MessageMenu {
  /** `messageActions`: {may(message), toggle, pickReaction, reply, edit, copyLink, markUnread(message), remove, restore, report, mayModerate(message), moderate} */
  constructor(messageActions) {
    this.messageActions = messageActions;
    this.menu = byId("message-menu");
    this.sheet = byId("message-sheet");
    this.menu.addEventListener("click", (event) => { if (event.target.closest("button")) this.menu.hidePopover(); });
    this.sheet.addEventListener("click", (event) => { if (event.target.closest("button:not([data-closes])")) this.sheet.close(); });
  }

  /** Beside the pressed button, or as a sheet from below on touch screens. */
  open(message, anchor, { sheet = false } = {}) {
    if (sheet) return this.#openSheet(message, anchor);
    fill(this.menu, this.#all(message, anchor));
    openPopover(this.menu, anchor);
  }

  #openSheet(message, anchor) {
    const about = el("p.sheet-quote", { tabIndex: -1, autofocus: true },
      el("b", {}, el("bdi", {}, message.author.name)), " ", el("span", { dir: "auto" }, oneLine(message.text)), el("time", {}, fullTime(message.sent_at)));
    const close = el("button.tool", { type: "button", "data-closes": "", "aria-label": gettext("Close") }, icon("close"));
    fill(this.sheet, el("div.sheet-head", {}, about, close), this.#all(message, anchor));
    this.sheet.showModal();
  }

  #all(message, anchor) {
    const may = this.messageActions.may(message);
    return el("div.menu", { role: "menu", "aria-label": gettext("Message") }, may.react && this.#emoji(message, anchor), this.#items(message, may));
  }

  #emoji(message, anchor) {
    const quick = AT_HAND.map((emoji) => el("button.tool", {
      type: "button", role: "menuitem", "aria-label": gettext("React with %(emoji)s", { emoji: nameOf(emoji) }), onclick: () => this.messageActions.toggle(message, emoji),
    }, emojiPicture(emoji)));
    const more = el("button.tool", { type: "button", role: "menuitem", "aria-label": gettext("Another reaction"), onclick: () => this.messageActions.pickReaction(message, anchor) }, icon("smile-plus"));
    return el("div.emoji-row", { role: "group", "aria-label": gettext("React") }, quick, more);
  }

  #items(message, may) {
    const { messageActions } = this;
    const item = (name, words, act, { key = null, danger = false } = {}) => el(`button.menu__item${danger ? ".menu__item--danger" : ""}`,
      { type: "button", role: "menuitem", "data-key": words, onclick: () => act(message) }, icon(name), words, key && el("kbd.only-wide", { "aria-hidden": "true" }, key));
    return [
      may.reply && item("reply", gettext("Reply"), messageActions.reply, { key: "R" }),
      may.edit && item("pencil", gettext("Edit"), messageActions.edit, { key: "E" }),
      may.link && item("link", gettext("Copy link"), messageActions.copyLink, { key: "L" }),
      may.unread && item("eye", gettext("Mark unread from here"), messageActions.markUnread),
      (may.remove || may.report) && el("hr"),
      may.report && item("flag", gettext("Report"), messageActions.report, { key: messageActions.mayModerate(message) ? null : "M" }),
      may.remove && item("trash", gettext("Delete message"), messageActions.remove, { danger: true }),
      may.report && messageActions.mayModerate(message) && item("shield", gettext("Moderate %(name)s", { name: message.author.name }), messageActions.moderate, { key: "M" }),
      may.restore && item("turn", gettext("Restore message"), messageActions.restore),
    ].filter(Boolean);
  }
}
