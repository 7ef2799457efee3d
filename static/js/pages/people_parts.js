// The people of the room that is shown: the panel, and the card of one of them.

import { sanctionMark } from "../moderation/sanctions/sanction_label.js";
import { PeoplePanel } from "../people/people_panel.js";
import { startBlocking } from "../people/block_button.js";
import { PersonCard } from "../people/person_card.js";

/** @param {Pick<RoomPage, "me" | "people" | "router" | "composer" | "rooms" | "connection" | "moderation">} page */
export function createPeopleParts({ me, people, router, composer, rooms, connection, moderation }) {
  const card = new PersonCard({
    me,
    find: (id) => findPerson(people, router.current, id),
    mayMention: ({ id, handle, role }) => id !== me.id && Boolean(handle && role) && composer.isOpen,
  });
  startBlocking({ card, rooms, me, request: (event, payload) => connection.request(event, payload) });
  const panel = new PeoplePanel({
    me, membersOf: (room) => people.membersOf(room.id), sanctionOf: (room, id) => sanctionMark({ me, moderation }, room, id),
    person: (person, anchor) => card.open(person, anchor),
  });
  return { card, panel };
}

function findPerson(people, room, id) {
  const member = room && people.membersOf(room.id)?.find((person) => person.id === id);
  return { ...people.get(id), ...member, status: room?.role ? room.online.get(id) ?? "offline" : null };
}
