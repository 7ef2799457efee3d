// The directory, and the page of someone who is in no room yet: from both, the way leads into a room.

import { startDirectory } from "./directory.js";
import { byId } from "./dom.js";
import { waitAtTheDoor } from "./moderation/at_the_door.js";
import { Banner } from "./status/banner.js";

export function startOtherPage({ connection, rooms, page }) {
  if (byId("banner")) new Banner(byId("banner"), connection);
  if (byId("directory")) startDirectory((room) => connection.request("join", { room }));
  else if (byId("door")) waitAtTheDoor(rooms);
  else rooms.on("synced", () => { if (!page.rooms.length && rooms.all().length) location.assign("/"); });
}
