// The dialogs of moderation on every page of the chat, and what opens them.

import { ask } from "../core/api.js";
import { toast } from "../core/toast.js";
import { lazyDialog } from "../core/lazy.js";
import { pathOf } from "../core/address.js";
import { roomSign } from "../rooms/names.js";
import { gettext } from "../core/translate.js";
import { ModerationApi } from "./moderation_requests.js";
import { followReports, followJoinRequests } from "./sidebar_entries.js";
import { mayModerate } from "../store/policy.js";
import { answerText, JoinRequests } from "./join_requests/join_requests.js";
import { fetchReports, Reports } from "./reports/reports.js";
import { fetchSanctions, Sanctions } from "./sanctions/sanctions.js";
import { SlowMode } from "./room_settings/slow_mode.js";

/**
 * Returns what is known and the dialogs.
 * @param {Pick<Chat, "page" | "me" | "rooms" | "people" | "connection" | "navigation">} chat
 */
export function startModeration({ page, me, rooms, people, connection, navigation }) {
  const known = {
    api: new ModerationApi((event, payload) => connection.request(event, payload)), sanctions: new Sanctions({ me, rooms, fetchSanctions }),
    reports: new Reports({ me, rooms, fetchReports, hasReported: page.has_reported }),
    requests: new JoinRequests({ me, rooms, fetchAll: () => ask("/requests/") }), slowMode: new SlowMode({ me }),
  };
  const dialogs = createDialogs({ me, rooms, people, navigation }, known);
  followReports(known.reports, () => dialogs.queue.open());
  const door = lazyDialog(async () => new (await import("./join_requests/join_requests_dialog.js")).JoinRequestsDialog(known));
  followJoinRequests(known.requests, () => door.open());
  known.requests.on("answered", (told) => toast(answerText(told),
    told.state === "accepted" ? { words: gettext("Open"), act: () => location.assign(pathOf(told)) } : null));
  known.reports.on("answer", () => toast(gettext("A report of yours was answered."), { words: gettext("Read it"), act: () => dialogs.queue.open("mine") }));
  return { ...known, ...dialogs };
}

function createDialogs({ me, rooms, people, navigation }, { api, sanctions, reports }) {
  const signOf = (room) => roomSign(room, me);
  const moderate = lazyDialog(async () => new (await import("./sanctions/moderate_dialog.js")).ModerateDialog({ me, sanctions, api, signOf }));
  const remove = lazyDialog(async () => new (await import("./delete_dialog.js")).DeleteDialog(api));
  const report = lazyDialog(async () => new (await import("./reports/report_dialog.js")).ReportDialog({ api, reports, current: () => navigation.current(), signOf }));
  const all = {
    me, api, reports, mayModerate: (found) => moderatesAuthor(found, rooms, me),
    moderate: (found, back) => moderate.open(rooms.get(found.room.id) ?? found.room, asMember(people, found.room, found.author), back),
    remove: (message, back) => remove.open(message, back),
  };
  const queue = lazyDialog(async () => new (await import("./reports/reports_dialog.js")).ReportsDialog(all));
  const settings = lazyDialog(async () => new (await import("./room_settings/room_settings.js")).RoomSettings({ me, api, sanctions, signOf }));
  const links = lazyDialog(async () => new (await import("./room_settings/invitation_links_dialog.js")).InvitationLinksDialog({ api, signOf }));
  const words = lazyDialog(async () => new (await import("./room_settings/word_list_dialog.js")).WordListDialog({ api, signOf }));
  return { moderate, remove, report, queue, settings, links, words };
}

/** A person with their role in the room, if it is known. */
export function asMember(people, room, person) {
  return { ...person, role: people.membersOf(room.id)?.find(({ id }) => id === person.id)?.role };
}

function moderatesAuthor({ room, author }, rooms, me) {
  return Boolean(author && mayModerate(rooms.get(room.id) ?? room, me, author));
}
