// The service worker. It holds the files of one version and the shell, never a page with a session. A new version waits until
// every tab of the one before is closed: an open tab finds all its files to the end.

import { LastRead } from "./offline/last_read.js";
import { networkFirst } from "./offline/network_first.js";
import { routeOf } from "./offline/routes.js";

const OURS = "parley ";

/** Called by the script at the root with what only the server knows: {version, statics, shell, files}. */
export function serve({ version, statics, shell, files }) {
  /** @type {any} the library "webworker" would take the page's types away */
  const worker = self;
  const cache = `${OURS}${version}`;
  const kept = async (request) => (await (await caches.open(cache)).match(request)) ?? null;

  worker.addEventListener("install", (event) => event.waitUntil(keepFiles(cache, [...files, new Request(shell, { cache: "no-store" })])));
  worker.addEventListener("activate", (event) => event.waitUntil(forgetOlder(cache)));
  worker.addEventListener("fetch", (event) => {
    const { request } = event;
    const route = routeOf(request, { origin: self.location.origin, statics, files });
    if (route === "file") event.respondWith(kept(request).then((found) => found ?? fetch(request)));
    else if (route === "page") event.respondWith(networkFirst(() => fetch(request), () => kept(shell), { isWorthIt: isAnythingRead }));
    else if (route === "way out") event.waitUntil(new LastRead().forget());
  });
}

/** Without it, the shell could only say to somebody that they are offline whose server is merely slow. */
async function isAnythingRead() {
  return await new LastRead().load() !== null;
}

async function keepFiles(cache, requests) {
  await (await caches.open(cache)).addAll(requests);
}

async function forgetOlder(cache) {
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name.startsWith(OURS) && name !== cache).map((name) => caches.delete(name)));
}
