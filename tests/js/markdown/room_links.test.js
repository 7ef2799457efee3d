// "#room" leads into a room that one is in; any other sign of this kind is text.
import assert from "node:assert/strict";
import { test } from "node:test";
import { JSDOM } from "jsdom";
import markdownIt from "markdown-it";
import { createMarkdown } from "../../../static/js/markdown/markdown.js";
import { linkRooms } from "../../../static/js/markdown/room_links.js";
import { findRooms, roomsSource } from "../../../static/js/composer/completion/rooms_source.js";

const { window } = new JSDOM("");
globalThis.document = window.document;
const { render } = createMarkdown(markdownIt, "https://parley.example");
const ROOMS = [{ slug: "sea", name: "Sea", kind: "public" }, { slug: "küche", name: "Küche", kind: "private" }, { slug: "c-2", name: "Deep sea", kind: "public" }, { slug: "ada", kind: "direct" }];
const bySlug = (slug) => ROOMS.find((room) => room.slug === slug && room.kind !== "direct") ?? null;

function shown(text) {
  const box = window.document.createElement("div");
  box.append(render(text));
  linkRooms(box, bySlug);
  return { text: box.textContent, links: [...box.querySelectorAll("a")].map((link) => `${link.textContent} ${link.getAttribute("href")}`) };
}

test("a room that I am in is a link, in the words that were typed", () => {
  assert.deepEqual(shown("see #sea, #Sea and #küche.").links, ["#sea /rooms/sea/", "#Sea /rooms/sea/", "#küche /rooms/k%C3%BCche/"]);
  assert.deepEqual(shown("#sea- ok").links, ["#sea /rooms/sea/"]);
  assert.equal(shown("#sea- ok").text, "#sea- ok");
});

test("what names no room of mine stays text", () => {
  for (const text of ["#lake", "#1", "a#sea", "##sea", "x/#sea", "`#sea`", "&#sea", "#fff"]) {
    assert.deepEqual(shown(text), { text: text.replaceAll("`", ""), links: [] }, text);
  }
});

test("rooms are offered by their names, conversations never", () => {
  assert.deepEqual(findRooms(ROOMS, "se").map(({ slug }) => slug), ["c-2", "sea"]);
  assert.deepEqual(findRooms(ROOMS, "ad"), []);
  const { pattern } = roomsSource(() => ROOMS);
  assert.deepEqual(["#s", "see #se", "a#s", "# s", "##s"].map((text) => pattern.exec(text)?.[1] ?? null), ["s", "se", null, null, null]);
});
