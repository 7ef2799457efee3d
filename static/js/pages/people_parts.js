// Who is in the room that is shown: the panel, and the card of one of them.

import { heldWords } from "../moderation/sanctions/sanction_label.js";
import { PeoplePanel } from "../people/people_panel.js";
import { startBlocking } from "../people/block_button.js";
import { PersonCard } from "../people/person_card.js";

/** Gives the page {card, panel}. */
export function peopleParts(page) {
  const { me, people, router } = page;
  const card = new PersonCard({
    me,
    find: (id) => whoIs(people, router.current, id),
    mayMention: ({ id, handle, role }) => id !== me.id && Boolean(handle && role) && page.composer.isOpen,
  });
  startBlocking({ card, rooms: page.rooms, me, request: (event, payload) => page.connection.request(event, payload) });
  const panel = new PeoplePanel({
    me, membersOf: (room) => people.membersOf(room.id), heldOf: (room, id) => heldWords(page, room, id),
    person: (person, anchor) => card.open(person, anchor),
  });
  return { card, panel };
}

function whoIs(people, room, id) {
  const member = room && people.membersOf(room.id)?.find((person) => person.id === id);
  return { ...people.get(id), ...member, status: room?.role ? room.online.get(id) ?? "offline" : null };
}
