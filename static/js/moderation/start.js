// The dialogs of moderation, on every page of the chat, and who opens them.

import { toast } from "../dialogs/toast.js";
import { roomSign } from "../rooms/names.js";
import { Acts } from "./acts.js";
import { DeleteDialog } from "./delete_dialog.js";
import { ModerateDialog } from "./moderate_dialog.js";
import { mayModerate } from "./powers.js";
import { fetchReports, Reports } from "./reports.js";
import { ReportDialog } from "./report_dialog.js";
import { ReportsDialog } from "./reports_dialog.js";
import { followReports } from "./reports_link.js";
import { RoomSettings } from "./room_settings.js";
import { fetchSanctions, Sanctions } from "./sanctions.js";
import { SlowMode } from "./slow_mode.js";
import { gettext } from "../translate.js";

/** Returns what is known and the dialogs: {acts, sanctions, reports, slowMode, moderate, remove, report, queue, settings}. */
export function startModeration(chat) {
  const { page, me, rooms, connection } = chat;
  const known = {
    acts: new Acts((event, payload) => connection.request(event, payload)), sanctions: new Sanctions({ me, rooms, fetchSanctions }),
    reports: new Reports({ me, rooms, fetchReports, hasReported: page.has_reported }), slowMode: new SlowMode({ me }),
  };
  const dialogs = openers(chat, known);
  followReports(known.reports, () => dialogs.queue.open());
  known.reports.on("answer", () => toast(gettext("A report of yours was answered."), { words: gettext("Read it"), act: () => dialogs.queue.open("mine") }));
  return { ...known, ...dialogs };
}

function openers(chat, { acts, sanctions, reports }) {
  const { me, rooms, people } = chat;
  const signOf = (room) => roomSign(room, me);
  const moderate = new ModerateDialog({ me, sanctions, acts, signOf });
  const remove = new DeleteDialog(acts);
  const report = new ReportDialog({ acts, reports, current: () => chat.current(), signOf });
  const queue = new ReportsDialog({
    me, acts, reports, mayModerate: (found) => moderatesAuthor(found, rooms, me),
    moderate: (found, back) => moderate.open(rooms.get(found.room.id), asMember(people, found.room, found.author), back),
    remove: (message, back) => remove.open(message, back),
  });
  const settings = new RoomSettings({ me, acts, sanctions, signOf });
  return { moderate, remove, report, queue, settings };
}

/** Somebody as far as it is known what they are in a room. */
export function asMember(people, room, person) {
  return { ...person, role: people.membersOf(room.id)?.find(({ id }) => id === person.id)?.role };
}

function moderatesAuthor({ room, author }, rooms, me) {
  const known = rooms.get(room.id);
  return Boolean(author && known && mayModerate(known, me, author));
}
