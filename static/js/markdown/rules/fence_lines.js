// Which lines begin and end fenced code; the same as on the server (chat/domain/mention_paragraphs.py). Tildes, with which
// people draw lines, begin none. Pure.

const OPENS = /^[ \t]*(`{3,})([^`]*)$/;
const OPENS_BEHIND = /^(`{3,})[\w#+.-]{0,20}[ \t]*$/;
const LANGUAGE = /^[\w#+.-]{0,20}$/;

/** {mark, language, first: what was typed behind the mark and is no language}, or null. */
export function openedFence(line) {
  const found = OPENS.exec(line);
  if (!found) return null;
  const [, mark, rest] = found;
  const behind = rest.trim();
  return LANGUAGE.test(behind) ? { mark, language: behind, first: "" } : { mark, language: "", first: behind };
}

/** What stands before the closing mark at the end of this line, or null where it closes nothing. */
export function closesFence(line, { mark }) {
  const text = line.trimEnd();
  let start = text.length;
  while (text[start - 1] === "`") start -= 1;
  return text.length - start < mark.length ? null : text.slice(0, start).trim();
}

/** The mark at the end of a line of text that begins code on the next line, or null; `open`: the fence that is not closed. */
export function openBehind(line, open) {
  if (open) return line.match(/`+/g)?.includes(open) ? null : open;
  const first = line.indexOf("`");
  return first > 0 && line.slice(0, first).trim() ? OPENS_BEHIND.exec(line.slice(first))?.[1] ?? null : null;
}
