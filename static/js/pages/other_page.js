// The directory, the page of a room that the person is not in, and the page without rooms: all lead into a room.

import { byId } from "../core/dom.js";
import { Banner } from "../status/banner.js";

/** @param {Chat} chat */
export function startOtherPage({ connection, rooms, page }) {
  if (byId("banner")) new Banner(byId("banner"), connection);
  if (byId("filters")) import("./directory.js").then(({ startDirectory }) => startDirectory((room) => connection.request("join", { room })));
  else if (byId("door")) import("../moderation/join_requests/join_answer.js").then(({ waitForJoinAnswer }) => waitForJoinAnswer(rooms));
  else rooms.on("synced", () => { if (!page.rooms.length && rooms.all().length) location.assign("/"); });
}
