// The panel of members. It regroups at most every two seconds, and never under the pointer.

import { byId, el, face, fill, hiddenWords, icon, setText } from "../core/dom.js";
import { clock } from "../core/format.js";
import { groupPeople } from "./groups.js";
import { gettext } from "../core/translate.js";

const HOVERS = matchMedia("(hover: hover)");   // on touch screens the last touch would count as a pointer forever
const CALM = 2000;
const FOLD_OVER = 12;
const AT_MOST = 300;     // offline rows; nobody reads a list of thousands
const TITLES = { active: gettext("Active"), away: gettext("Away"), offline: gettext("Offline"), members: gettext("Members") };
const SPOKEN = { active: gettext("active"), away: gettext("away"), offline: gettext("offline") };
const ROLES = { owner: ["crown", gettext("Owner"), gettext("owner")], moderator: ["shield", gettext("Moderator"), gettext("moderator")] };

export class PeoplePanel {
  #room = null;
  #last = -Infinity;
  #timer = null;
  #shown = null;          // what is drawn, so that unchanged content is not drawn again
  #folded = null;         // null: depends on the number of people

  /** `facts`: {me, membersOf(room), sanctionOf(room, id) → {kind, words} or null, person(person, button)} */
  constructor(facts) {
    this.facts = facts;
    this.panel = byId("people");
    this.groups = byId("people-groups");
    this.panel.addEventListener("pointerleave", () => this.invalidate());
  }

  show(room) {
    this.#room = room;
    this.#last = -Infinity;
    this.#folded = null;
    this.#draw();
  }

  /** The panel shows the state before the connection: update it at once. */
  renew() {
    this.#last = -Infinity;
    this.invalidate();
  }

  /** Something changed: regroup, but not too often. */
  invalidate() {
    if (!this.#room || this.#timer) return;
    const wait = Math.max(0, this.#last + CALM - performance.now());
    this.#timer = setTimeout(() => { this.#timer = null; this.#drawUnlessPointed(); }, wait);
  }

  /** Not live: presence is as old as `time`. */
  asOf(time) {
    setText(byId("people-as-of"), time ? gettext("As of %(time)s", { time: clock(time, { seconds: true }) }) : "");
  }

  #drawUnlessPointed() {
    if (!this.#shown || !(HOVERS.matches && this.panel.matches(":hover"))) this.#draw();
  }

  #draw() {
    const members = this.facts.membersOf(this.#room);
    const groups = members && this.#groups(members);
    const shown = groups && JSON.stringify([this.#room.id, groups, members.map(({ id }) => this.facts.sanctionOf(this.#room, id))]);
    if (shown && shown === this.#shown) return;
    this.#shown = shown;
    if (groups && this.#room.synced) this.#last = performance.now();
    const focused = this.groups.contains(document.activeElement) ? /** @type {HTMLElement} */ (document.activeElement).dataset.userId : null;
    fill(this.groups, groups ? this.#all(groups) : null);
    if (focused) this.groups.querySelector(`[data-user-id="${focused}"]`)?.focus({ preventScroll: true });
  }

  // For a room that the person is not in, the members are known, but not their presence.
  #groups(members) {
    if (!this.#room.role) return { members: groupPeople(members, new Map()).offline.map((person) => ({ ...person, status: null })) };
    return this.#room.synced ? groupPeople(members, this.#room.online) : null;
  }

  /** @param {Record<string, any[]>} groups */
  #all({ offline, ...groups }) {
    return [...Object.entries(groups).flatMap(([name, people]) => this.#group(name, people)), this.#offline(offline ?? [])];
  }

  #group(status, people) {
    if (!people.length) return [];
    return [
      el("div.people__group", {}, el("h3", { id: `people-${status}` }, TITLES[status]), el("span.count", {}, String(people.length))),
      this.#list(people, { "aria-labelledby": `people-${status}` }),
    ];
  }

  #offline(people) {
    if (!people.length) return null;
    const details = el("details", { open: !(this.#folded ?? people.length > FOLD_OVER) },
      el("summary.people__group", {}, turning("chevron"), el("span", {}, TITLES.offline), el("span.count", {}, String(people.length))),
      this.#list(people.slice(0, AT_MOST), { "aria-label": TITLES.offline }));
    if (people.length > AT_MOST) details.append(el("p.people__group", {}, gettext("and %(count)s more", { count: people.length - AT_MOST })));
    details.addEventListener("toggle", () => { this.#folded = !details.open; });
    return details;
  }

  #list(people, properties) {
    return el("ul", properties, people.map((person) => el("li", {}, this.#person(person))));
  }

  #person(person) {
    const held = this.facts.sanctionOf(this.#room, person.id);
    const note = [person.id === this.facts.me.id && gettext("You"), held?.words].filter(Boolean).join(", ");
    const button = el(`button.person.person--${person.status ?? "member"}`, { type: "button", "data-user-id": person.id, "data-status": person.status },
      face(person, { status: person.status }),
      el("span.person__name", {}, el("bdi", {}, person.name), note && el("span.person__note", { title: note }, note),
        person.status && hiddenWords(`, ${SPOKEN[person.status]}`)),
      held && el("span.person__mark", {}, icon(held.kind, true)), role(person));
    button.addEventListener("click", () => this.facts.person(person, button));
    return button;
  }
}

function role({ role: name }) {
  if (!ROLES[name]) return null;
  const [mark, title, spoken] = ROLES[name];
  return el("span.person__role", { title }, icon(mark, true), hiddenWords(`, ${spoken}`));
}

function turning(name) {
  const mark = icon(name, true);
  mark.classList.add("icon--turns");
  return mark;
}
