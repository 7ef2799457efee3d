// What a screen reader says of a message, and what stays in its place when others do something with it.
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { JSDOM } from "jsdom";

const { window } = new JSDOM("");
Object.assign(globalThis, { document: window.document, CSS: { escape: (text) => text } });
const { MessageRow } = await import("../../../../static/js/timeline/rows/message_row.js");
const { createMarkdown } = await import("../../../../static/js/markdown/markdown.js");
const { default: markdownIt } = await import("markdown-it");

const ME = { id: 1, name: "Alice", handle: "alice" };
const BOB = { id: 2, name: "Bob", handle: "bob" };
const actions = {
  me: ME, render: createMarkdown(markdownIt).render, colour() {}, personBy: () => null, person() {}, roomBySlug: () => null, linkTo: () => "/rooms/sea/1/", react() {}, pickReaction() {},
  nameOfPerson: (id) => `Person ${id}`, roleOfPerson: () => "member", mayRestore: () => false, deletedText: () => null, durable: true, now: () => 0, connected: () => true, lasting: () => true,
};
const bobs = (text, more = {}) => ({ room: 7, seq: 5, epoch: "e", author: BOB, sent_at: 1_795_500_000_000, text, kind: "text", ...more });
let row;

beforeEach(() => { row = new MessageRow(actions); document.body.replaceChildren(row.node); });

function draw(message, more = {}) {
  row.update({ type: "message", message, grouped: false, ...more });
  return document.querySelector("article");
}

const described = () => (document.querySelector("article").getAttribute("aria-describedby") ?? "").split(" ").filter(Boolean).map((id) => document.getElementById(id).textContent).join("; ");

test("a message is named by its author, its text as it is shown, and its time", () => {
  assert.match(draw(bobs("**bold** and `code`\n\n- one")).getAttribute("aria-label"), /^Bob: bold and code – one, \d\d?:\d\d/);
  assert.match(draw(bobs("again"), { grouped: true }).getAttribute("aria-label"), /^Bob: again, /);
  assert.match(draw(bobs("x".repeat(400))).getAttribute("aria-label"), /^Bob: x{300}…, /);
  assert.match(draw(bobs("||who did it||")).getAttribute("aria-label"), /^Bob: \[Spoiler\], /);
  assert.match(draw(bobs("gone", { deleted: true, deleted_by: 2 })).getAttribute("aria-label"), /^Bob: Deleted by its author\., /);
  assert.match(draw(bobs("hidden"), { blocked: true }).getAttribute("aria-label"), /^Bob: Message from a blocked person, /);
});

test("what else is to be known of it is its description: that it names me, answers, was edited, and its reactions", () => {
  draw(bobs("plain"));
  assert.equal(described(), "");
  draw(bobs("@alice see", { mentions: [1], edited_at: 1_795_500_060_000, reply_to: 3, reactions: [{ emoji: "🎉", count: 2, by: [2] }, { emoji: "👍", count: 1, by: [2] }] }), { quoted: bobs("first", { seq: 3 }) });
  assert.equal(described(), "mentions you, in reply to Bob, edited, 3 reactions");
});

test("what was not sent says so in its description, and has no menu", () => {
  const message = { room: 7, author: ME, sent_at: 1_795_500_000_000, text: "hello", kind: "text" };
  draw(message, { type: "pending", entry: { client_id: "c", state: "failed", at: 0, error: { code: "muted", message: "You are muted." } } });
  assert.match(described(), /^Not sent: you are muted/);
  assert.equal(document.querySelector("[data-key='more']"), null);
});

test("every message that was sent has a real button More, deleted or not, grouped or not", () => {
  for (const [message, more] of [[bobs("one"), {}], [bobs("two"), { grouped: true }], [bobs("", { deleted: true }), {}]]) {
    draw(message, more);
    assert.equal(document.querySelectorAll("button[data-key='more'][aria-label='More'][aria-haspopup='menu']").length, 1);
  }
});

test("the focus is not set anew when others react, and the article and its button stay", () => {
  const article = draw(bobs("one"));
  const more = document.querySelector("[data-key='more']");
  article.focus();
  let set = 0;
  document.addEventListener("focusin", () => { set += 1; });
  for (const count of [1, 2, 3]) draw(bobs("one", { reactions: [{ emoji: "🎉", count, by: [2] }] }));
  assert.equal(document.activeElement, article);
  assert.equal(document.querySelector("article"), article);
  assert.equal(document.querySelector("[data-key='more']"), more);
  more.focus();
  set = 0;
  draw(bobs("one", { reactions: [{ emoji: "🎉", count: 4, by: [2] }] }));
  assert.deepEqual([document.activeElement, set], [more, 0]);
});

test("a pressed reaction that is redrawn keeps the focus", () => {
  const reactions = [{ emoji: "🎉", count: 1, by: [2] }];
  draw(bobs("one", { reactions }));
  document.querySelector(".reaction").focus();
  draw(bobs("one", { reactions: [{ emoji: "🎉", count: 2, by: [1, 2], mine: true }] }));
  assert.equal(document.activeElement.dataset.key, "🎉");
});
