// What the service worker does with a request. Pure.

const ROOMS = /^\/(?:$|rooms\/)/;
const WAYS_OUT = /\/(?:log(?:in|out)|signup)\/$/;

/**
 * "file": never changes under its address; "page": a page of the chat, which the shell can replace; "way out": login, signup and
 * logout, which end the session's data; null: not handled, as all pages of the admin and the accounts.
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
