// The reports that concern me: those of rooms that I moderate, and my own with what came of them.

import { Emitter } from "../emitter.js";
import { moderates } from "./powers.js";
import { gettext } from "../translate.js";

const ROLE_ONLY = {};       // the site's staff have their queue in the admin
const SPREAD = 1500;      // a room's moderators do not all ask in one instant

export class Reports extends Emitter {
  toHandle = [];        // open or claimed
  mine = [];
  #asked = 0;
  #waiting = false;

  /** `fetchReports(state?)` asks the server; `seen` keeps the number of answers read: {get(), set(count)}. */
  constructor({ me, rooms, fetchReports, hasReported = false, seen = remembered(me), later = (act, delay) => setTimeout(act, delay) }) {
    super();
    Object.assign(this, { me, rooms, fetchReports, hasReported, seen, later });
    rooms.on("report", (told) => this.#told(told));
    rooms.on("synced", () => { if (this.concernMe) this.#refreshSoon(); });
  }

  /** Whether there is anything to show of them. */
  get concernMe() { return this.hasReported || this.rooms.all().some(({ role, kind }) => moderates({ role, kind }, ROLE_ONLY)); }
  get waiting() { return this.toHandle.filter(({ state }) => state === "open").length; }
  get answers() { return this.mine.filter(({ answer }) => answer).length; }
  get unread() { return Math.max(0, this.answers - this.seen.get()); }

  /** I have just reported something. */
  reported() {
    this.hasReported = true;
    return this.refresh();
  }

  /** The answers are being read. */
  read() {
    this.seen.set(this.answers);
    this.emit("change");
  }

  async refresh() {
    const asked = ++this.#asked;
    const found = await this.fetchReports().catch(() => null);
    if (!found || asked !== this.#asked) return;
    this.toHandle = found.of_rooms;
    this.mine = found.mine;
    this.emit("change");
  }

  /** What was resolved in the rooms that I moderate, the newest first. */
  async past() { return (await this.fetchReports("resolved")).of_rooms; }

  #told({ answer }) {
    if (answer !== undefined) this.emit("answer");
    this.#refreshSoon();
  }

  #refreshSoon() {
    if (this.#waiting) return;
    this.#waiting = true;
    this.later(() => { this.#waiting = false; this.refresh(); }, Math.random() * SPREAD);
  }
}

/** GET /reports/ */
export async function fetchReports(state = null) {
  const answer = await fetch(`/reports/${state ? `?state=${state}` : ""}`, { headers: { Accept: "application/json" } });
  if (!answer.ok || answer.redirected) throw new Error(gettext("The reports could not be looked up."));
  return answer.json();
}

function remembered(me) {
  const key = `answers ${me.id}`;
  return {
    get() { try { return Number(localStorage.getItem(key)) || 0; } catch { return 0; } },
    set(count) { try { localStorage.setItem(key, count); } catch { /* then they are new again on the next page */ } },
  };
}
