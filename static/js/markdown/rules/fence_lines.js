// Which lines begin and end fenced code; the same as on the server (chat/domain/mention_paragraphs.py). Pure.

const OPENS = /^[ \t]*(?:(`{3,})([^`]*)|(~{3,})(.*))$/;
const OPENS_BEHIND = /^(`{3,})[\w#+.-]{0,20}[ \t]*$/;
const LANGUAGE = /^[\w#+.-]{0,20}$/;

/** {mark, language, first: what was typed behind the mark and is no language}, or null. */
export function openedFence(line) {
  const found = OPENS.exec(line);
  if (!found) return null;
  const mark = found[1] ?? found[3];
  const behind = (found[2] ?? found[4]).trim();
  return LANGUAGE.test(behind) ? { mark, language: behind, first: "" } : { mark, language: "", first: behind };
}

/** What stands before the closing mark on this line, or null where it closes nothing. Backticks close at the end of any line. */
export function closesFence(line, { mark }) {
  const text = line.trimEnd();
  const [sign] = mark;
  let start = text.length;
  while (text[start - 1] === sign) start -= 1;
  if (text.length - start < mark.length) return null;
  const before = text.slice(0, start);
  return sign === "`" || !before.trim() ? before.trim() : null;
}

/** The mark at the end of a line of text that begins code on the next line, or null; `open`: the fence that is not closed. */
export function openBehind(line, open) {
  if (open) return line.match(/`+/g)?.includes(open) ? null : open;
  const first = line.indexOf("`");
  return first > 0 && line.slice(0, first).trim() ? OPENS_BEHIND.exec(line.slice(first))?.[1] ?? null : null;
}
