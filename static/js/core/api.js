// Asks the server for what does not come over the socket, as JSON.

import { gettext } from "./translate.js";

/** Throws words where there is no answer. */
export async function ask(path) {
  const answer = await fetch(path, { headers: { Accept: "application/json" } });
  if (!answer.ok || answer.redirected) throw new Error(gettext("That could not be looked up. Check the connection."));
  return answer.json();
}

/** Of one room: "members", "words", "sanctions/?user=7", ... */
export function askRoom({ slug }, part) {
  return ask(`/rooms/${encodeURIComponent(slug)}/${part}`);
}
