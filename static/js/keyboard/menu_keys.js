// In a menu the arrow keys move from item to item and wrap around; Home and End go to the first and last. The same works from
// what stands above the items, except from choices, which have arrow keys of their own.

import { isForInputMethod } from "../core/input_method.js";
import { stepOf } from "./key_match.js";

export function followMenus() {
  document.addEventListener("keydown", (event) => {
    const layer = event.target.closest("[popover], #message-sheet");
    if (isForInputMethod(event) || !layer || event.target.localName === "input") return;
    const next = itemFor(event, [...layer.querySelectorAll("[role=menuitem]")].filter((item) => item.checkVisibility()));
    if (!next) return;
    event.preventDefault();
    next.focus();
  });
}

function itemFor(event, items) {
  const at = items.indexOf(event.target);
  if (event.key === "Home") return items[0];
  if (event.key === "End") return items.at(-1);
  const step = stepOf(event);
  if (!step) return null;
  return at < 0 ? items.at(step > 0 ? 0 : -1) : items[(at + step + items.length) % items.length];
}
