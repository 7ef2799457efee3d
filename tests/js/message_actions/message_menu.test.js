// The menu of a message and the sheet of the same on touch screens.
import assert from "node:assert/strict";
import { test } from "node:test";
import { JSDOM } from "jsdom";

const { window } = new JSDOM(`<button id="more" aria-haspopup="menu"></button><div id="message-menu" popover></div><dialog id="message-sheet"></dialog>`);
const { document } = window;
Object.assign(globalThis, { document, matchMedia: () => ({ matches: true }) });
window.HTMLElement.prototype.showPopover = () => {};
window.HTMLDialogElement.prototype.showModal = function open() { this.open = true; };
window.HTMLDialogElement.prototype.close = function close() { this.open = false; };
const { MessageMenu } = await import("../../../static/js/message_actions/message_menu.js");

const done = [];
const actions = {
  may: () => ({ react: true, reply: true, link: true, unread: true, remove: true, edit: true }), mayModerate: () => false,
  toggle: (message, emoji) => done.push(emoji), reply: () => done.push("reply"), pickReaction() {}, edit() {}, copyLink() {}, markUnread() {}, remove() {},
};
const message = { author: { id: 2, name: "Bob" }, text: "hello", sent_at: 1_795_500_000_000 };

test("everything in it, the reactions as well, is an item of the one menu, and the first has the focus", () => {
  new MessageMenu(actions).open(message, document.getElementById("more"));
  const menu = document.querySelector("#message-menu > [role=menu]");
  const buttons = [...document.querySelectorAll("#message-menu button")];
  assert.deepEqual(buttons.filter((button) => button.getAttribute("role") !== "menuitem" || !menu.contains(button)), []);
  assert.equal(document.activeElement, buttons[0]);
});

test("the sheet has a button that closes it, and does nothing else", () => {
  const sheet = document.getElementById("message-sheet");
  new MessageMenu(actions).open(message, document.getElementById("more"), { sheet: true });
  const close = sheet.querySelector("[data-closes]");
  assert.equal(close.getAttribute("aria-label"), "Close");
  close.click();
  assert.deepEqual(done, []);
  sheet.querySelector("[data-key='Reply']").click();
  assert.deepEqual([done, sheet.open], [["reply"], false]);
});
