// Keys that lead from room to room: Ctrl or Cmd and K to any, Alt and an arrow to the next unread one.

import { nextUnread } from "./ranking.js";

const STEPS = { ArrowUp: -1, ArrowDown: 1 };
const IS_MAC = /Mac|iP(?:hone|ad|od)/.test(navigator.platform);

/** `facts`: {order() → rooms as listed, current(), go(room), jump()} */
export function followRoomKeys({ order, current, go, jump }) {
  document.addEventListener("keydown", (event) => {
    if (isJump(event)) jump();
    else if (!STEPS[event.key] || !event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    else if (document.querySelector("dialog[open]")) return;
    else {
      const room = nextUnread(order(), current(), STEPS[event.key]);
      if (room) go(room);
    }
    event.preventDefault();
  });
}

export function jumpKey() { return IS_MAC ? "⌘ K" : "Ctrl K"; }

function isJump({ key, ctrlKey, metaKey, altKey, shiftKey }) {
  return key.toLowerCase() === "k" && (IS_MAC ? metaKey : ctrlKey) && !altKey && !shiftKey;
}
