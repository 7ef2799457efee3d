// What the service worker does with a request. Pure.

const ROOMS = /^\/(?:$|rooms\/)/;
const WAYS_OUT = /\/(?:log(?:in|out)|signup)\/$/;

/**
 * "file": one that never changes under its address; "page": the chat, which the shell can stand for; "way out": whoever is
 * asked to log in, signs up, or logs out, is gone; null: none of the worker's business, as are all of the admin's and the accounts' pages.
 * @param {{method: string, mode: string, url: string}} request
 * @param {{origin: string, statics: string, files: string[]}} server
 */
export function routeOf({ method, mode, url }, { origin, statics, files }) {
  const address = new URL(url);
  if (address.origin !== origin) return null;
  if (mode === "navigate" && WAYS_OUT.test(address.pathname)) return "way out";
  if (method !== "GET") return null;
  if (address.pathname.startsWith(statics) || files.includes(address.pathname)) return "file";
  return mode === "navigate" && ROOMS.test(address.pathname) ? "page" : null;
}
