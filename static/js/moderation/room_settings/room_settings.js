// The settings of a room: name and topic, who can write and how fast, and who is muted or banned.

import { byId, el, fill, onSubmit, valuesOf } from "../../core/dom.js";
import { JoinRequestsSwitch } from "../join_requests/join_requests_switch.js";
import { SanctionedPeople } from "../sanctions/sanctioned_people.js";
import { attempt, openModal, say } from "../modal.js";
import { owns } from "../../store/policy.js";
import { gettext, ngettext } from "../../core/translate.js";

const SLOW = [0, 5, 10, 30, 60, 300, 900, 3600];

export class RoomSettings {
  #room = null;

  /** `facts`: {me, api, sanctions, signOf(room)} */
  constructor(facts) {
    this.facts = facts;
    this.dialog = byId("room-settings");
    this.form = byId("room-settings-form");
    this.held = new SanctionedPeople(facts);
    this.asking = new JoinRequestsSwitch(facts.api);
    onSubmit(this.form, () => this.#save());
  }

  open(room, back) {
    this.#room = room;
    const { elements } = this.form;
    fill(elements.slow_mode, slowChoices(room.slow_mode).map((seconds) => el("option", { value: seconds }, slowWords(seconds))));
    for (const name of ["name", "topic", "state", "slow_mode"]) elements[name].value = room[name];
    const mayArchive = owns(room, this.facts.me);
    for (const choice of elements.state) choice.disabled = !mayArchive && (room.state === "archived" || choice.value === "archived");
    byId("settings-archived").hidden = !mayArchive && room.state !== "archived";
    fill(byId("room-settings-about"), el("bdi", {}, this.facts.signOf(room)));
    say(byId("room-settings-error"), "");
    this.held.show(room);
    this.asking.show(room);
    openModal(this.dialog, back);
  }

  async #save() {
    const changes = changed(this.#room, valuesOf(this.form));
    const saved = await attempt(byId("room-settings-save"), byId("room-settings-error"), async () => {
      if (Object.keys(changes).length) await this.facts.api.update(this.#room, changes);
    });
    if (saved) this.dialog.close();
  }
}

/** Only the changed fields: two moderators must not undo each other's changes. Pure. */
export function changed(room, { name, topic, state = room.state, slow_mode }) {
  const wanted = { name: name.trim(), topic: topic.trim(), state, slow_mode: Number(slow_mode) };
  return Object.fromEntries(Object.entries(wanted).filter(([field, value]) => value !== room[field]));
}

/** Pure. */
export function slowWords(seconds) {
  if (!seconds) return gettext("Off");
  if (seconds < 60) return ngettext("%(count)s second", "%(count)s seconds", seconds);
  if (seconds % 3600 === 0) return ngettext("%(count)s hour", "%(count)s hours", seconds / 3600);
  return ngettext("%(count)s minute", "%(count)s minutes", Math.round(seconds / 60));
}

function slowChoices(current) {
  return [...new Set([...SLOW, current])].sort((one, other) => one - other);
}
