// Lets the page open without a connection: a service worker that holds its files, and a database of what was read.

import { LastRead } from "./last_read.js";
import { LastReadWriter } from "./keep_last_read.js";

const WORKER = "/service_worker.js";
const AFTER = 2000;     // the page's own requests come first

/**
 * Called once the page is live: before, nothing is worth keeping, and a worker would compete with the page for the network.
 * @param {ConstructorParameters<typeof LastReadWriter>[0]} chat
 */
export function startOffline(chat) {
  // Without workers no page opens offline, so nothing is kept for one.
  if (!navigator.serviceWorker) return;
  const writer = new LastReadWriter(chat, new LastRead());
  document.addEventListener("visibilitychange", () => { if (document.hidden) writer.save(); });
  setTimeout(() => navigator.serviceWorker.register(WORKER, { type: "module" }).catch(() => {}), AFTER);
}
