// The browser's own notifications. The browser asks for permission, and only after a click.

import { oneLine } from "../markdown/one_line.js";
import { gettext } from "../core/translate.js";

const LONGEST = 160;

export class Desktop {
  #shown = new Map();     // room id → the notification shown for it

  constructor({ Notification = globalThis.Notification } = {}) {
    this.Notification = Notification;
  }

  /** "granted", "denied", "default" (not asked yet), or "impossible" where the browser shows none to this address. */
  get permission() { return this.Notification && globalThis.isSecureContext !== false ? this.Notification.permission : "impossible"; }

  async ask() {
    if (this.permission === "default") await this.Notification.requestPermission();
    return this.permission === "granted";
  }

  /** One per room: a later message replaces an earlier one. `opened()` is called on a click. */
  show(room, { title, text, icon }, opened) {
    if (this.permission !== "granted") return;
    /** @type {any} */
    const options = { body: oneLine(text, LONGEST), tag: `parley room ${room.id}`, icon, renotify: true, silent: true };
    const shown = this.#make(title, options);
    if (!shown) return;
    shown.onclick = () => { globalThis.focus(); shown.close(); opened(); };
    this.#shown.set(room.id, shown);
  }

  /** Chrome for Android lets only a service worker show one; null there, and the sound is heard nevertheless. */
  #make(title, options) {
    try { return new this.Notification(title, options); } catch { return null; }
  }

  /** The room was read, here or elsewhere. */
  clear(room) {
    this.#shown.get(room.id)?.close();
    this.#shown.delete(room.id);
  }
}

/** Pure: title and text for a message. `sign`: the room's name in a sentence; `alone`: written to me only. */
export function announcementOf(message, { sign, alone }) {
  return { title: alone ? message.author.name : gettext("%(name)s in %(room)s", { name: message.author.name, room: sign }), text: message.text };
}
