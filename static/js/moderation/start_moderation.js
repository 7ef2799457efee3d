// The dialogs of moderation, on every page of the chat, and who opens them.

import { ask } from "../core/api.js";
import { toast } from "../core/toast.js";
import { dialogOnDemand } from "../core/lazy.js";
import { pathOf } from "../core/address.js";
import { roomSign } from "../rooms/names.js";
import { gettext } from "../core/translate.js";
import { Acts } from "./moderation_requests.js";
import { followReports, followRequests } from "./sidebar_entries.js";
import { mayModerate } from "../store/policy.js";
import { answeredWords, JoinRequests } from "./join_requests/join_requests.js";
import { fetchReports, Reports } from "./reports/reports.js";
import { fetchSanctions, Sanctions } from "./sanctions/sanctions.js";
import { SlowMode } from "./room_settings/slow_mode.js";

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
  const door = dialogOnDemand(async () => new (await import("./join_requests/join_requests_dialog.js")).RequestsDialog(known));
  followRequests(known.requests, () => door.open());
  known.requests.on("answered", (told) => toast(answeredWords(told),
    told.state === "accepted" ? { words: gettext("Open"), act: () => location.assign(pathOf(told)) } : null));
  known.reports.on("answer", () => toast(gettext("A report of yours was answered."), { words: gettext("Read it"), act: () => dialogs.queue.open("mine") }));
  return { ...known, ...dialogs };
}

function openers(chat, { acts, sanctions, reports }) {
  const { me, rooms, people } = chat;
  const signOf = (room) => roomSign(room, me);
  const moderate = dialogOnDemand(async () => new (await import("./sanctions/moderate_dialog.js")).ModerateDialog({ me, sanctions, acts, signOf }));
  const remove = dialogOnDemand(async () => new (await import("./delete_dialog.js")).DeleteDialog(acts));
  const report = dialogOnDemand(async () => new (await import("./reports/report_dialog.js")).ReportDialog({ acts, reports, current: () => chat.current(), signOf }));
  const all = {
    me, acts, reports, mayModerate: (found) => moderatesAuthor(found, rooms, me),
    moderate: (found, back) => moderate.open(rooms.get(found.room.id) ?? found.room, asMember(people, found.room, found.author), back),
    remove: (message, back) => remove.open(message, back),
  };
  const queue = dialogOnDemand(async () => new (await import("./reports/reports_dialog.js")).ReportsDialog(all));
  const settings = dialogOnDemand(async () => new (await import("./room_settings/room_settings.js")).RoomSettings({ me, acts, sanctions, signOf }));
  const links = dialogOnDemand(async () => new (await import("./room_settings/invitation_links_dialog.js")).LinksDialog({ acts, signOf }));
  const words = dialogOnDemand(async () => new (await import("./room_settings/word_list_dialog.js")).WordsDialog({ acts, signOf }));
  return { moderate, remove, report, queue, settings, links, words };
}

/** Somebody as far as it is known what they are in a room. */
export function asMember(people, room, person) {
  return { ...person, role: people.membersOf(room.id)?.find(({ id }) => id === person.id)?.role };
}

function moderatesAuthor({ room, author }, rooms, me) {
  return Boolean(author && mayModerate(rooms.get(room.id) ?? room, me, author));
}
