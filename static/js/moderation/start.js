// Puts moderation together on the page of a room: what is known, the dialogs, and who opens them.

import { roomSign } from "../rooms/names.js";
import { everySecond } from "../status/ticks.js";
import { CardActs } from "./card_acts.js";
import { DeleteDialog } from "./delete_dialog.js";
import { ModerateDialog } from "./moderate_dialog.js";
import { mayModerate } from "./powers.js";
import { ReportDialog } from "./report_dialog.js";

export function startModeration(page) {
  const { me, router, moderation, card, deeds, timeline, people } = page;
  const { sanctions, acts, reports } = moderation;
  const signOf = (room) => roomSign(room, me);
  const current = () => router.current;
  const moderate = new ModerateDialog({ me, sanctions, acts, signOf });
  const report = new ReportDialog({ acts, reports, current, signOf });
  const remove = new DeleteDialog(acts);
  new CardActs(card, { me, sanctions, acts, current, signOf, moderate: (room, person, back) => moderate.open(room, person, back) });

  const rowOf = ({ seq }) => () => timeline.rowOf(seq)?.firstElementChild;
  const asMember = (author) => ({ ...author, role: people.membersOf(current().id)?.find(({ id }) => id === author.id)?.role });
  const mayModerateAuthor = ({ author }) => mayModerate(current(), me, asMember(author));
  const moderateAuthor = (message) => moderate.open(current(), asMember(message.author), rowOf(message));
  Object.assign(deeds, {
    mayModerate: mayModerateAuthor, moderate: moderateAuthor,
    report: (message) => report.open(message, rowOf(message)),
    removeOther: (message) => remove.open(message, rowOf(message)),
    flag: (message) => (mayModerateAuthor(message) ? moderateAuthor(message) : report.open(message, rowOf(message))),
  });
  followSanctions(page);
}

function followSanctions({ rooms, router, moderation: { sanctions, slowMode }, timeline, panel, composer, banner, me }) {
  everySecond(() => { sanctions.tick(); composer.refresh(); });
  router.on("room", ({ room }) => sanctions.refresh(room));
  rooms.on("synced", () => { if (router.current) sanctions.refresh(router.current); });
  rooms.on("messages", ({ room, added, live }) => {
    if (live && added.some(({ author }) => author.id === me.id)) slowMode.wrote(room);
    composer.refresh();
  });
  sanctions.on("change", (roomId) => {
    if (roomId !== router.current?.id) return;
    timeline.invalidate();
    panel.invalidate();
    composer.refresh();
    banner.render();
  });
}
