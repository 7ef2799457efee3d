// The reports that concern me: those of rooms that I moderate, and my own with what came of them.

import { ask } from "../ask.js";
import { moderates } from "./powers.js";
import { Queue } from "./queue.js";

export class Reports extends Queue {
  toHandle = [];        // open or claimed
  mine = [];

  /** `fetchReports(state?)` asks the server; `seen` keeps the number of answers read: {get(), set(count)}. */
  constructor({ me, rooms, fetchReports, hasReported = false, seen = remembered(me), later }) {
    super({ fetchAll: fetchReports, later });
    Object.assign(this, { me, rooms, fetchReports, hasReported, seen });
    rooms.on("report", (told) => this.#told(told));
    rooms.on("synced", () => { if (this.concernMe) this.refreshSoon(); });
  }

  /** Whether there is anything to show of them. */
  get concernMe() { return this.hasReported || this.me.staff || this.rooms.all().some((room) => moderates(room, this.me)); }
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

  take({ of_rooms: toHandle, mine }) { Object.assign(this, { toHandle, mine }); }

  /** What was resolved in the rooms that I moderate, the newest first. */
  async past() { return (await this.fetchReports("resolved")).of_rooms; }

  #told({ answer }) {
    if (answer !== undefined) this.emit("answer");
    this.refreshSoon();
  }
}

/** GET /reports/ */
export function fetchReports(state = null) { return ask(`/reports/${state ? `?state=${state}` : ""}`); }

function remembered(me) {
  const key = `answers ${me.id}`;
  return {
    get() { try { return Number(localStorage.getItem(key)) || 0; } catch { return 0; } },
    set(count) { try { localStorage.setItem(key, count); } catch { /* then they are new again on the next page */ } },
  };
}
