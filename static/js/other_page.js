// The directory, and the page of someone who is in no room yet: from both, the way leads into a room.

import { startDirectory } from "./directory.js";
import { Finder } from "./dialogs/finder.js";
import { startNewRoom } from "./dialogs/new_room.js";
import { directWith } from "./dialogs/write_to.js";
import { byId } from "./dom.js";
import { Banner } from "./status/banner.js";
import { pathOf } from "./rooms/address.js";

export function startOtherPage({ connection, me, rooms, page }) {
  const goTo = (room) => location.assign(pathOf(room));
  startNewRoom(async (facts) => (await connection.request("create", facts)).room, goTo);
  new Finder("write-to", { choose: async (person) => goTo(await directWith(connection, person, me)) });
  if (byId("banner")) new Banner(byId("banner"), connection);
  if (byId("directory")) startDirectory((room) => connection.request("join", { room }));
  else rooms.on("synced", () => { if (!page.rooms.length && rooms.all().length) location.assign("/"); });
}
