// The reports of rooms that I moderate, and my own with their answers.

import { ask } from "../../core/api.js";
import { moderates } from "../../store/policy.js";
import { RefreshingList } from "../refreshing_list.js";

export class Reports extends RefreshingList {
  toHandle = [];        // open or claimed: the pages that were asked for
  next = "";            // where the next page begins, if there is one
  waiting = 0;          // how many are open, on all pages
  #pages = 1;
  mine = [];

  /** `fetchReports(state?)` asks the server; `seen` stores the number of answers read: {get(), set(count)}. */
  constructor({ me, rooms, fetchReports, hasReported = false, seen = remembered(me), later = undefined }) {
    super({ fetchAll: () => this.#fetchPages(), later });
    this.me = me;
    this.rooms = rooms;
    this.fetchReports = fetchReports;
    this.hasReported = hasReported;
    this.seen = seen;
    rooms.on("report", (told) => this.#told(told));
    rooms.on("synced", () => { if (this.concernMe) this.refreshSoon(); });
  }

  /** Whether there is anything to show. */
  get concernMe() { return this.hasReported || this.me.staff || this.rooms.all().some((room) => moderates(room, this.me)); }
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

  take({ of_rooms: toHandle, next = "", open, mine }) {
    this.toHandle = toHandle;
    this.next = next;
    this.waiting = open;
    this.mine = mine;
  }

  /** One more page of open reports. */
  more() {
    this.#pages += 1;
    return this.refresh();
  }

  /** Only the first page again: the dialog was reopened. */
  fromTheTop() {
    this.#pages = 1;
    return this.refresh();
  }

  /** A page of resolved reports in the rooms that I moderate, newest first: {of_rooms, next} */
  past(after = "") { return this.fetchReports("resolved", after); }

  /** As many pages as are shown, so that a change of one report hides none of them. */
  async #fetchPages() {
    const first = await this.fetchReports();
    let last = first;
    for (let page = 1; page < this.#pages && last.next; page++) {
      last = await this.fetchReports(null, last.next);
      first.of_rooms.push(...last.of_rooms);
    }
    return { ...first, next: last.next };
  }

  #told({ answer }) {
    if (answer !== undefined) this.emit("answer");
    this.refreshSoon();
  }
}

/** GET /reports/ */
export function fetchReports(state = null, after = "") {
  const asked = new URLSearchParams(Object.entries({ state, after }).filter(([, value]) => value));
  return ask(`/reports/${asked.size ? `?${asked}` : ""}`);
}

function remembered(me) {
  const key = `answers ${me.id}`;
  return {
    get() { try { return Number(localStorage.getItem(key)) || 0; } catch { return 0; } },
    set(count) { try { localStorage.setItem(key, String(count)); } catch { /* then they are unread again on the next page */ } },
  };
}
