// What names me: the count at the side, and the list with what is unread marked.
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { JSDOM } from "jsdom";
import { Emitter } from "../../../static/js/core/emitter.js";

const { window } = new JSDOM(`<main><textarea id="write"></textarea></main><button id="mentions-link"><span id="mentions-count"></span></button>
  <dialog id="mentions"><p id="mentions-said"></p><ol id="mentions-list"></ol><button id="mentions-more"></button></dialog>`, { url: "http://localhost/" });
Object.assign(globalThis, { document: window.document, CustomEvent: window.CustomEvent, matchMedia: () => ({ matches: false }) });
// What jsdom has not, or not where a browser has it.
Object.assign(globalThis, { AbortController: window.AbortController, addEventListener: window.addEventListener.bind(window) });
for (const name of ["show", "showModal"]) window.HTMLDialogElement.prototype[name] = function open() { this.open = true; };
const { askMentions, mentionsIn, outcome } = await import("../../../static/js/mentions/mentions_api.js");
const { excerpt } = await import("../../../static/js/search/excerpt.js");
const { MentionsDialog } = await import("../../../static/js/mentions/mentions_dialog.js");
const { followMentions, unreadMentions } = await import("../../../static/js/mentions/start_mentions.js");
const { SearchError } = await import("../../../static/js/search/search_api.js");

const ME = { id: 1, handle: "al.ice", name: "Alice" };
const turn = () => new Promise((done) => setTimeout(done));
const byId = (id) => document.getElementById(id);
const mention = (seq, room = 7) => ({ room, seq, sent_at: 1_795_500_000_000 + seq, author: { id: 2, name: "Bob" }, text: `@al.ice **${seq}**` });
const texts = () => [...document.querySelectorAll(".hit__text")].map((node) => node.textContent);
const fresh = () => [...document.querySelectorAll(".hit--fresh .hit__text")].map((node) => node.textContent);

function house() {
  const room = { id: 7, slug: "sea", name: "Sea", kind: "public", state: "open", role: "member", read: 4, mentions: 1 };
  const rooms = Object.assign(new Emitter(), { all: () => [room], get: (id) => (id === 7 ? room : null) });
  return { room, rooms };
}

beforeEach(() => { byId("mentions").open = false; byId("mentions-list").replaceChildren(); });

test("the count is that of all rooms, and follows them", () => {
  assert.equal(unreadMentions([{ mentions: 2 }, { mentions: 0 }, { mentions: 40 }]), 42);
  const { room, rooms } = house();
  followMentions(rooms, () => {});
  assert.equal(byId("mentions-count").textContent, "1, 1 unread");
  room.mentions = 0;
  rooms.emit("read", room);
  assert.equal(byId("mentions-count").textContent, "");
});

test("my name and everyone's are marked, others' are not", () => {
  assert.deepEqual(excerpt("so **@AL.ICE**, @alice ＠room!", mentionsIn("al.ice")), ["so ", "@AL.ICE", ", @alice ", "＠room", "!"]);
  assert.deepEqual(excerpt("@al.ice-two @roomy", mentionsIn("al.ice")), ["@al.ice-two @roomy"]);
});

test("what is said above the list", () => {
  assert.match(outcome({ shown: 0, fresh: 0, next: "" }), /^No mentions yet/);
  assert.equal(outcome({ shown: 3, fresh: 2, next: "" }), "2 unread");
  assert.equal(outcome({ shown: 3, fresh: 0, next: "" }), "All read");
});

test("a reply says that it is one", async () => {
  const { rooms } = house();
  new MentionsDialog({ me: ME, rooms, ask: async () => ({ mentions: [{ ...mention(3), is_reply: true }, mention(2)], next: "" }) }).open();
  await turn();
  assert.deepEqual([...document.querySelectorAll(".hit")].map((row) => row.textContent.includes("Reply to you")), [true, false]);
});

test("the list marks what is unread, until it is read", async () => {
  const { room, rooms } = house();
  new MentionsDialog({ me: ME, rooms, ask: async () => ({ mentions: [mention(5), mention(3), mention(9, 8)], next: "" }) }).open();
  await turn();
  assert.deepEqual(texts(), ["@al.ice 5", "@al.ice 3"]);       // the third is in a room that I have left
  assert.deepEqual(fresh(), ["@al.ice 5"]);
  assert.equal(document.querySelector(".hit a").getAttribute("href"), "/rooms/sea/5/");
  room.read = 5;
  rooms.emit("read", room);
  assert.deepEqual(fresh(), []);
  assert.equal(byId("mentions-said").textContent, "All read");
});

test("older ones come below, and the focus goes to the first of them", async () => {
  const { rooms } = house();
  const ask = async (after) => (after ? { mentions: [mention(2)], next: "" } : { mentions: [mention(5)], next: "17" });
  new MentionsDialog({ me: ME, rooms, ask }).open();
  await turn();
  byId("mentions-more").click();
  await turn();
  assert.deepEqual(texts(), ["@al.ice 5", "@al.ice 2"]);
  assert.equal(document.activeElement.textContent, "@al.ice 2");
  assert.equal(byId("mentions-more").hidden, true);
});

test("what cannot be looked up is said", async () => {
  const { rooms } = house();
  new MentionsDialog({ me: ME, rooms, ask: async () => { throw new SearchError("Too many at once."); } }).open();
  await turn();
  assert.equal(byId("mentions-said").textContent, "Too many at once.");
  await assert.rejects(askMentions("", { fetch: async () => { throw new TypeError("offline"); } }), /Check your connection/);
  const refused = async () => ({ json: async () => ({ ok: false, error: { message: "Wait." } }) });
  await assert.rejects(askMentions("", { fetch: refused }), /Wait/);
});
