// The dialogs of moderation, on every page of the chat, and who opens them.

import { ask } from "../ask.js";
import { toast } from "../dialogs/toast.js";
import { dialogOnDemand } from "../on_demand.js";
import { pathOf } from "../rooms/address.js";
import { roomSign } from "../rooms/names.js";
import { gettext } from "../translate.js";
import { Acts } from "./acts.js";
import { followReports, followRequests } from "./at_the_side.js";
import { mayModerate } from "./powers.js";
import { answeredWords, JoinRequests } from "./join_requests.js";
import { fetchReports, Reports } from "./reports.js";
import { fetchSanctions, Sanctions } from "./sanctions.js";
import { SlowMode } from "./slow_mode.js";

/** Returns what is known and the dialogs: {acts, sanctions, reports, requests, slowMode, moderate, remove, report, queue, settings, links, words}. */
export function startModeration(chat) {
  const { page, me, rooms, connection } = chat;
  const known = {
    acts: new Acts((event, payload) => connection.request(event, payload)), sanctions: new Sanctions({ me, rooms, fetchSanctions }),
    reports: new Reports({ me, rooms, fetchReports, hasReported: page.has_reported }),
    requests: new JoinRequests({ me, rooms, fetchAll: () => ask("/requests/") }), slowMode: new SlowMode({ me }),
  };
  const dialogs = openers(chat, known);
  followReports(known.reports, () => dialogs.queue.open());
  const door = dialogOnDemand(async () => new (await import("./requests_dialog.js")).RequestsDialog(known));
  followRequests(known.requests, () => door.open());
  known.requests.on("answered", (told) => toast(answeredWords(told),
    told.state === "accepted" ? { words: gettext("Open"), act: () => location.assign(pathOf(told)) } : null));
  known.reports.on("answer", () => toast(gettext("A report of yours was answered."), { words: gettext("Read it"), act: () => dialogs.queue.open("mine") }));
  return { ...known, ...dialogs };
}

function openers(chat, { acts, sanctions, reports }) {
  const { me, rooms, people } = chat;
  const signOf = (room) => roomSign(room, me);
  const moderate = dialogOnDemand(async () => new (await import("./moderate_dialog.js")).ModerateDialog({ me, sanctions, acts, signOf }));
  const remove = dialogOnDemand(async () => new (await import("./delete_dialog.js")).DeleteDialog(acts));
  const report = dialogOnDemand(async () => new (await import("./report_dialog.js")).ReportDialog({ acts, reports, current: () => chat.current(), signOf }));
  const all = {
    me, acts, reports, mayModerate: (found) => moderatesAuthor(found, rooms, me),
    moderate: (found, back) => moderate.open(rooms.get(found.room.id) ?? found.room, asMember(people, found.room, found.author), back),
    remove: (message, back) => remove.open(message, back),
  };
  const queue = dialogOnDemand(async () => new (await import("./reports_dialog.js")).ReportsDialog(all));
  const settings = dialogOnDemand(async () => new (await import("./room_settings.js")).RoomSettings({ me, acts, sanctions, signOf }));
  const links = dialogOnDemand(async () => new (await import("./links_dialog.js")).LinksDialog({ acts, signOf }));
  const words = dialogOnDemand(async () => new (await import("./words_dialog.js")).WordsDialog({ acts, signOf }));
  return { moderate, remove, report, queue, settings, links, words };
}

/** Somebody as far as it is known what they are in a room. */
export function asMember(people, room, person) {
  return { ...person, role: people.membersOf(room.id)?.find(({ id }) => id === person.id)?.role };
}

function moderatesAuthor({ room, author }, rooms, me) {
  return Boolean(author && mayModerate(rooms.get(room.id) ?? room, me, author));
}
