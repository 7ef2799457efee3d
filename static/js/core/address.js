// The addresses that the chat shows itself. Pure.

/** {slug: null} for the list, {slug, seq} for a room; {} for any other page. @param {string} path */
export function parse(path) {
  if (path === "/") return { slug: null };
  const found = /^\/rooms\/([^/]+)\/(?:(\d{1,15})\/)?$/.exec(path);
  const slug = found && decoded(found[1]);
  return slug ? { slug, seq: found[2] ? Number(found[2]) : null } : {};
}

/** @param {{slug: string}} room */
export function pathOf(room, seq = null) {
  return `/rooms/${encodeURIComponent(room.slug)}/${seq ? `${seq}/` : ""}`;
}

/** @param {string} text */
function decoded(text) {
  try { return decodeURIComponent(text); } catch { return null; }
}
