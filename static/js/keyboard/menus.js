// In a menu the arrows go from item to item, round and round; Home and End to the first and the last.

import { stepOf } from "./match.js";

export function followMenus() {
  document.addEventListener("keydown", (event) => {
    const menu = event.target.closest("[role=menu]");
    const items = menu && [...menu.querySelectorAll("[role=menuitem]")].filter((item) => item.checkVisibility());
    const next = items && itemFor(event, items);
    if (!next) return;
    event.preventDefault();
    next.focus();
  });
}

function itemFor(event, items) {
  if (event.key === "Home") return items[0];
  if (event.key === "End") return items.at(-1);
  const step = stepOf(event);
  return step ? items[(items.indexOf(event.target) + step + items.length) % items.length] : null;
}
