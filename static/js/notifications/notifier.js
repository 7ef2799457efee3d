// Notifies about a message for me, by sound and the browser's notification, as this device allows. Never if it was already
// read, here or on another device, and never in quiet hours.

import { notifiesMe } from "../rooms/attention.js";
import { isQuiet } from "../store/quiet_hours.js";

const MOMENT = 700;      // a person who reads it on another device in that time is not notified

export class Notifier {
  /** `parts`: {me, preferences, tabs, sound, desktop}; `facts`: {describe(room, message) → {title, text, icon}, go(room, seq)} */
  constructor({ me, preferences, tabs, sound, desktop }, { describe, go }, { now = () => new Date(), later = (act) => setTimeout(act, MOMENT) } = {}) {
    this.me = me;
    this.preferences = preferences;
    this.tabs = tabs;
    this.sound = sound;
    this.desktop = desktop;
    this.describe = describe;
    this.go = go;
    this.now = now;
    this.later = later;
  }

  /** New messages arrived. */
  came(room, messages) {
    const { sound, desktop } = this.preferences.now;
    if (!sound && !desktop) return;
    const message = messages.findLast((each) => notifiesMe(room, each, this.me.id));
    if (message) this.later(() => this.#call(room, message.seq));
  }

  async #call(room, seq) {
    const { sound, desktop } = this.preferences.now;
    const message = room.at(seq);
    if (!message || room.read >= seq || !notifiesMe(room, message, this.me.id) || isQuiet(this.preferences.now, this.now())) return;
    if (await this.tabs.isLookedAt(room.id) || !await this.tabs.claim(message)) return;
    if (desktop) this.desktop.show(room, this.describe(room, message), () => this.go(room, seq));
    if (sound) this.sound.play();
  }
}
