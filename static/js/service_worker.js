// The worker behind all pages. It holds the files of one version and the shell, never a page with somebody's session. A
// new version waits until no tab is open that was started by the one before it: an open tab finds all its files to the end.

import { LastRead } from "./offline/last_read.js";
import { networkFirst } from "./offline/network_first.js";
import { routeOf } from "./offline/routes.js";

const OURS = "parley ";
const { version, statics, shell, files } = self.PARLEY;     // said by the script that loads this one
const cache = `${OURS}${version}`;

self.addEventListener("install", (event) => event.waitUntil(keepFiles()));
self.addEventListener("activate", (event) => event.waitUntil(forgetOlder()));
self.addEventListener("fetch", (event) => {
  const { request } = event;
  const route = routeOf(request, { origin: self.location.origin, statics, files });
  if (route === "file") event.respondWith(kept(request).then((found) => found ?? fetch(request)));
  else if (route === "page") event.respondWith(networkFirst(() => fetch(request), () => kept(shell)));
  else if (route === "way out") event.waitUntil(new LastRead().forget());
});

async function keepFiles() {
  const opened = await caches.open(cache);
  await opened.addAll([...files, new Request(shell, { cache: "no-store" })]);
}

async function forgetOlder() {
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name.startsWith(OURS) && name !== cache).map((name) => caches.delete(name)));
}

async function kept(request) {
  return (await (await caches.open(cache)).match(request)) ?? null;
}
