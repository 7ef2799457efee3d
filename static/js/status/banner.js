// One banner at a time: what is wrong, since when, and what to do.

import { announce } from "../core/announce.js";
import { el, fill, icon } from "../core/dom.js";
import { lostWords, nextWords } from "./connection_texts.js";
import { roomBanner } from "./room_banner.js";
import { everySecond } from "../core/ticks.js";
import { gettext } from "../core/translate.js";

const KEPT = "notice";
const LOST_FOR = 5000;

export class Banner {
  #notice = null;         // shown until it is closed
  #lostSince = null;
  #shown = null;          // the key of what the banner shows
  #room = null;           // may have a banner of its own
  #words = el("span");
  #isKept;                // the page comes from storage, and has not been live since

  /** `connection`: {state, lastLive, nextTry, tryNow()} */
  constructor(node, connection) {
    this.node = node;
    this.connection = connection;
    this.#notice = kept();
    this.#isKept = Boolean(connection.lastLive);
    everySecond(() => this.render());
    this.render();
  }

  /** {icon, tone, strong, words}; stored until it is closed, since the reason for it can lead to another page. */
  notice(notice) {
    this.#notice = notice;
    keep(notice);
    this.render();
  }

  show(room) {
    this.#room = room;
    this.render();
  }

  render() {
    const { state } = this.connection;
    if (state === "live") this.#isKept = false;
    this.#lostSince = state === "live" ? null : this.#lostSince ?? Date.now();
    const lost = state === "lost" && (this.#isKept || Date.now() - this.#lostSince >= LOST_FOR);
    if (lost) this.#words.textContent = this.#lostWords();
    const shown = this.#now(lost);
    if ((shown?.key ?? null) === this.#shown) return;
    const before = this.#shown;
    this.#shown = shown?.key ?? null;
    const node = shown?.node();
    fill(this.node, node);
    if (node && shown.key !== "lost") announce(node.querySelector("p").textContent, { now: Boolean(shown.now) });
    else if (wasMuted(before, this.#room)) announce(gettext("You can write here again."));
  }

  #now(lost) {
    if (lost) return { key: "lost", node: () => this.#lost() };
    if (this.#notice) return { key: this.#notice, now: true, node: () => this.#noticed() };
    return roomBanner(this.#room, () => this.render());
  }

  #lostWords() {
    const { lastLive, nextTry } = this.connection;
    const next = nextWords(nextTry, Date.now());
    const said = lastLive ? `${lostWords(lastLive, Date.now())}, ${next}` : next.charAt(0).toUpperCase() + next.slice(1);
    return ` ${said}. ${gettext("Your messages are kept here and sent when you are back online.")}`;
  }

  #lost() {
    return el("div.banner.banner--waiting", {}, icon("off"), el("p", {}, el("b", {}, this.#isKept ? gettext("Offline.") : gettext("Not connected.")), this.#words),
      el("button.button", { type: "button", onclick: () => this.connection.tryNow() }, gettext("Try now")));
  }

  #noticed() {
    const { icon: mark, tone, strong, words } = this.#notice;
    return el(`div.banner.banner--${tone}`, {}, icon(mark), el("p", {}, el("b", {}, strong), words),
      el("button.button", { type: "button", onclick: () => this.notice(null) }, gettext("Close")));
  }
}

/** Whether the banner that is gone said that I was muted in this very room, where I am not now. */
function wasMuted(key, room) {
  return typeof key === "string" && key.startsWith("muted ") && room?.sanction?.kind !== "mute" && key.startsWith(`muted ${room?.id} `);
}

function keep(notice) {
  try { sessionStorage.setItem(KEPT, JSON.stringify(notice)); } catch { /* then it is shown on this page only */ }
}

function kept() {
  try { return JSON.parse(sessionStorage.getItem(KEPT)); } catch { return null; }
}
