// On the page of a private room: shows the answer to the person's join request as soon as it arrives.

import { byId } from "../../core/dom.js";

export function waitForJoinAnswer(rooms, reload = () => location.reload()) {
  const room = Number(byId("door").dataset.roomId);
  rooms.on("request", (told) => { if (told.room === room && told.state !== "open") reload(); });
  rooms.on("list", () => { if (rooms.get(room)) reload(); });
}
