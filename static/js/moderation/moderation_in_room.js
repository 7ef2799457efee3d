// Moderation on the page of a room: actions on messages and people, and the display of sanctions.

import { byId } from "../core/dom.js";
import { roomSign } from "../rooms/names.js";
import { everySecond } from "../core/ticks.js";
import { PersonCardActions } from "./sanctions/person_card_actions.js";
import { mayModerate } from "../store/policy.js";
import { asMember } from "./start_moderation.js";

/** @param {RoomPage} page */
export function startModerationInRoom(page) {
  const { me, router, moderation, card } = page;
  new PersonCardActions(card, {
    me, ...moderation, current: () => router.current, signOf: (room) => roomSign(room, me),
    moderate: (room, person, back) => moderation.moderate.open(room, person, back),
  });
  byId("settings-item").addEventListener("click", () => moderation.settings.open(router.current, () => byId("room-more")));
  for (const name of ["links", "words"]) {
    byId(`${name}-item`).addEventListener("click", () => moderation[name].open(router.current, () => byId("room-more")));
  }
  offerWithMessages(page);
  offerWithPeople(page);
  followSanctions(page);
}

/** @param {RoomPage} page */
function offerWithMessages({ me, router, messageActions, timeline, people, moderation }) {
  const rowOf = ({ seq }) => () => timeline.rowOf(seq)?.firstElementChild;
  const authorOf = ({ author }) => asMember(people, router.current, author);
  const may = (message) => mayModerate(router.current, me, authorOf(message));
  const moderate = (message) => moderation.moderate.open(router.current, authorOf(message), rowOf(message));
  const report = (message) => moderation.report.open(message, rowOf(message));
  Object.assign(messageActions, {
    mayModerate: may, moderate, report,
    removeOther: (message) => moderation.remove.open(message, rowOf(message)),
    flag: (message) => (may(message) ? moderate(message) : report(message)),
  });
}

/**
 * M on a person of the panel, as on a message.
 * @param {RoomPage} page
 */
function offerWithPeople({ keyboard, me, router, people, moderation }) {
  keyboard.on("moderate", ({ target }) => {
    const id = Number(target.closest("#people [data-user-id]")?.dataset.userId);
    const person = id && asMember(people, router.current, people.get(id));
    if (!person || !mayModerate(router.current, me, person)) return false;
    moderation.moderate.open(router.current, person, () => document.querySelector(`#people [data-user-id="${id}"]`));
  });
}

/** @param {RoomPage} page */
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
