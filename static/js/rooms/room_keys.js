// Keys that lead to another room: the switcher, and the next unread room.

import { nextUnread } from "./switcher/ranking.js";

/** `facts`: {order() → rooms as listAppearance, current(), go(room), jump()} */
export function followRoomKeys(keyboard, { order, current, go, jump }) {
  const step = (by) => () => {
    const room = nextUnread(order(), current(), by);
    if (room) go(room);
  };
  keyboard.on("jump", jump, { overDialogs: true });
  keyboard.on("nextRoom", step(1));
  keyboard.on("previousRoom", step(-1));
}
