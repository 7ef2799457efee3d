// "Invite people", on every page: into the room that is shown, or else into the first one that I can invite to.

import { byId } from "../core/dom.js";
import { lazyDialogContent } from "../core/lazy.js";
import { mayInvite } from "../store/policy.js";

/** @param {Pick<Chat, "connection" | "rooms" | "people" | "me" | "navigation">} chat */
export function startInvite({ connection, rooms, people, me, navigation }) {
  const room = () => invitableRoom(navigation.current(), rooms.all());
  const show = () => { byId("invite-people").hidden = !room(); };
  rooms.on("list", show);
  show();
  const facts = { request: (event, payload) => connection.request(event, payload), room, rooms, people, me };
  lazyDialogContent(byId("invite"), async () => new (await import("./invite_dialog.js")).InviteDialog(facts));
}

/** The room that "Invite people" is about; null if there is none. Pure. */
export function invitableRoom(current, all) {
  return current && mayInvite(current) ? current : all.find(mayInvite) ?? null;
}
