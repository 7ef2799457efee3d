// The rooms at the side, while others write in them.
import assert from "node:assert/strict";
import { test } from "node:test";
import { JSDOM } from "jsdom";

const { window } = new JSDOM(`<ul id="rooms"></ul><ul id="direct"></ul>`);
globalThis.document = window.document;
const { RoomsList } = await import("../../../static/js/rooms/rooms_list.js");

test("the link of a room that has the focus stays, and says what is new without getting the focus anew", () => {
  const room = { id: 7, slug: "sea", name: "Sea", kind: "public", state: "open", unread: 0, mentions: 0, muted: false, level: "mentions" };
  const list = new RoomsList({ all: () => [room] }, { roomLinks: document.getElementById("rooms"), directLinks: document.getElementById("direct") }, { me: { id: 1 }, hasDraft: () => false, current: () => 7 });
  list.render();
  const link = document.querySelector("a");
  link.focus();
  let set = 0;
  document.addEventListener("focusin", () => { set += 1; });
  for (const unread of [1, 2, 3, 4]) {
    Object.assign(room, { unread, mentions: 1 });
    list.render();
  }
  assert.equal(document.querySelector("a"), link);
  assert.deepEqual([document.activeElement, set], [link, 0]);
  assert.deepEqual([link.dataset.unread, link.getAttribute("aria-current"), link.getAttribute("href")], ["4", "page", "/rooms/sea/"]);
  assert.deepEqual([...link.querySelectorAll(".visually-hidden")].map((node) => node.textContent), ["4 unread, 1 mention"]);
});
