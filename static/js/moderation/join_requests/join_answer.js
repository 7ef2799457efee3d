// The door of a private room: whoever waits there sees the answer as soon as there is one.

import { byId } from "../../core/dom.js";

export function waitForJoinAnswer(rooms, reload = () => location.reload()) {
  const room = Number(byId("door").dataset.roomId);
  rooms.on("request", (told) => { if (told.room === room && told.state !== "open") reload(); });
  rooms.on("list", () => { if (rooms.get(room)) reload(); });
}
