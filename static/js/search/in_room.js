// Narrows a search to one room. Pure.

/** @param {string} query @param {string} slug */
export function inRoom(query, slug) {
  const rest = query.replace(/(?<=^|\s)in:\S*/giu, " ").replace(/\s+/gu, " ").trim();
  return `in:${slug} ${rest}`;
}
