// The dialogs of a room: leave, hide, and copying its link.

import { byId } from "../core/dom.js";
import { pathOf } from "../core/address.js";
import { roomSign } from "./names.js";
import { copyLink } from "../dialogs/copy_link.js";
import { startRoomMenu } from "./room_menu.js";
import { toast } from "../core/toast.js";
import { gettext } from "../core/translate.js";

/** @param {RoomPage} page */
export function startRoomDialogs(page) {
  const { connection, rooms, router, markers, card, navigation } = page;
  card.on("write", (person) => navigation.write(person));
  const menu = startRoomMenu({
    current: () => router.current, request: (event, payload) => connection.request(event, payload),
    markRead: (room) => { room.held = false; markers.markRead(room); },
  });
  rooms.on("list", () => menu.show());
  startLeave(page);
  startHide(page);
  byId("copy-link").addEventListener("click", () => copyLink(location.origin + pathOf(router.current)));
}

/** @param {RoomPage} page */
function startHide({ connection, router, markers }) {
  byId("hide-item").addEventListener("click", async () => {
    const room = router.current;
    byId("room-menu").hidePopover();
    try {
      await connection.request("hide", { room: room.id });
    } catch (error) {
      return toast(error.message);
    }
    markers.markRead(room);
    room.notify({ hidden: room.seq });
    router.leave(room);
  });
}

/** @param {RoomPage} page */
function startLeave({ connection, router, me, rooms }) {
  byId("leave").addEventListener("opening", () => {
    const room = router.current;
    const back = room.kind === "public" ? gettext("You can join again at any time.") : gettext("You need an invitation to come back.");
    const gone = gettext("You will not see %(room)s in your list.", { room: roomSign(room, me) });
    byId("leave-words").textContent = `${gone} ${back}`;
  });
  byId("leave-really").addEventListener("click", async () => {
    const room = router.current;
    byId("leave").close();
    try {
      await connection.request("leave", { room: room.id });
      rooms.onMember({ room: room.id, user: me.id, role: null });
    } catch (error) {
      toast(error.message);
    }
  });
}
