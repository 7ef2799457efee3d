// Where a text has the address of a message of ours. Pure.

import { parse } from "../core/address.js";

const LONGEST = 400;      // of an address

/**
 * The first one: {slug, seq}, or null. Written out it begins with `origin`; in brackets behind words it may begin with its path.
 * @param {string} text @param {string} origin
 */
export function permalinkIn(text, origin) {
  for (let at = text.indexOf("/rooms/"); at >= 0; at = text.indexOf("/rooms/", at + 1)) {
    const ours = text.endsWith(origin, at) || text.endsWith("](", at) || text.endsWith("](<", at);
    const path = ours && /^\/rooms\/[^/\s]+\/\d{1,15}\//u.exec(text.slice(at, at + LONGEST))?.[0];
    const found = path ? parse(path) : {};
    if (found.seq) return { slug: found.slug, seq: found.seq };
  }
  return null;
}
