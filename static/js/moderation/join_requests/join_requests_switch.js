// Whether a private room accepts join requests: takes effect at once, like the list of muted people above it.

import { askRoom } from "../../core/api.js";
import { byId } from "../../core/dom.js";
import { onReturn } from "../../core/on_return.js";
import { attempt } from "../modal.js";

export class JoinRequestsSwitch {
  #room = null;

  constructor(api) {
    this.api = api;
    this.input = byId("settings-asking");
    this.input.addEventListener("change", () => this.#set(this.input.checked));
  }

  async show(room) {
    this.#room = room;
    byId("settings-asking-row").hidden = room.kind !== "private";
    if (room.kind !== "private") return;
    this.input.disabled = true;
    const found = await askRoom(room, "requests/").catch(() => null);
    if (!found) onReturn(this, () => { if (this.input.checkVisibility()) this.show(this.#room); });
    if (!found || room !== this.#room) return;
    this.input.checked = found.takes_requests;
    this.input.disabled = false;
  }

  async #set(takes) {
    const done = await attempt(this.input, byId("room-settings-error"), () => this.api.update(this.#room, { takes_requests: takes }));
    if (!done) this.input.checked = !takes;
  }
}
