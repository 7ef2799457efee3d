// Fetches JSON from the server over HTTP, for whatever does not come over the socket.

import { gettext } from "./translate.js";

/** Throws an Error with a message for the person if the server does not answer. @param {string} path */
export async function ask(path) {
  const answer = await fetch(path, { headers: { Accept: "application/json" } });
  if (!answer.ok || answer.redirected) throw new Error(gettext("The search failed. Check your connection."));
  return answer.json();
}

/** `part` of a room: "members", "words", "sanctions/?user=7", ... @param {{slug: string}} facts @param {string} part */
export function askRoom({ slug }, part) {
  return ask(`/rooms/${encodeURIComponent(slug)}/${part}`);
}
