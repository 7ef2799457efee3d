// Makes the page able to open without a connection: a worker that holds its files, and a memory of what was read.

import { LastRead } from "./last_read.js";
import { LastReadWriter } from "./keep_last_read.js";

const WORKER = "/service_worker.js";
const AFTER = 2000;     // what the page itself needs goes first

/** @param {Chat} chat */
export function startOffline(chat) {
  // Without workers no page opens offline, so nothing is kept for one.
  if (!navigator.serviceWorker) return;
  const remembering = new LastReadWriter(chat, new LastRead());
  document.addEventListener("visibilitychange", () => { if (document.hidden) remembering.save(); });
  const stop = chat.connection.on("state", (state) => {
    if (state !== "live") return;
    stop();
    setTimeout(() => navigator.serviceWorker.register(WORKER, { type: "module" }).catch(() => {}), AFTER);
  });
}
