// Links the rooms that a text names, if the person is in them. Other names stay text.

import { el } from "../core/dom.js";
import { pathOf } from "../core/address.js";

/** `roomBySlug(slug)` → room or null; "#go-" is "#go" and a dash if there is no room "go-". */
export function linkRooms(prose, roomBySlug) {
  for (const node of prose.querySelectorAll("span.room")) {
    const slug = node.textContent.slice(1);
    const [known] = [slug, slug.toLowerCase(), slug.replace(/[-_]+$/, "").toLowerCase()].filter((each) => roomBySlug(each));
    if (!known) continue;
    const room = roomBySlug(known);
    node.replaceWith(el("a.room", { href: pathOf(room), title: room.name || null, dir: "ltr" }, node.textContent.slice(0, known.length + 1)), slug.slice(known.length));
  }
}
