// What screen readers say by themselves: two regions that are always in the page, one for what can wait and one for what cannot. Each
// utterance is a new element, since many readers keep silent about a text that is set again, and leaves the page after a moment, so
// that nobody comes upon old words at its end.

import { el } from "./dom.js";
import { bringInFront } from "./focus/in_front.js";

const STAYS = 10_000;
const SETTLES = 150;        // what comes into a region that was just moved is not noticed
/** @type {HTMLElement | null} */
let regions = null;

/**
 * `now`: interrupts, which only what went wrong may do.
 * @param {string} words
 * @param {{now?: boolean}} [how]
 */
export function announce(words, { now = false } = {}) {
  if (!regions?.isConnected) regions = document.querySelector("#live-regions") ?? regions;
  if (!regions || !words) return;
  const region = /** @type {Element} */ (now ? regions.lastElementChild : regions.firstElementChild);
  setTimeout(() => {
    const utterance = el("p", {}, words);
    region.append(utterance);
    setTimeout(() => utterance.remove(), STAYS);
  }, bringInFront(regions) ? SETTLES : 0);
}
