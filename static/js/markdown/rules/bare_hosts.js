// Which addresses without brackets become links: those with a scheme, and hosts with a well-known ending or a path. "main.py",
// "README.md" and "then.So it goes" do not, though all three endings exist.

// Endings that are neither file extensions nor words that begin a sentence.
const WELL_KNOWN = new Set(`com org net edu gov mil biz aero museum coop asia io dev eu de ch fr uk nl es se dk fi cz sk hu gr bg lt
lv ee lu pt ro li ie ru ua jp kr cn tw hk sg nz au ca br mx ar cl za tr il ae th vn рф`.split(/\s+/));
const HOST = /^[^/?#:]+/;
const CJK = /[\p{scx=Han}\p{scx=Hiragana}\p{scx=Katakana}\p{scx=Hangul}\u3000-\u303f\uff01-\uff60]/u;
const ASCII_HOST = /^\/\/[a-z0-9.-]+\.[a-z]{2,63}(?![a-z0-9.-])/i;

/** Make linkify find these and nothing else. */
export function chatLinkify(linkify) {
  linkify.set({ fuzzyLink: true, fuzzyEmail: false });
  for (const scheme of ["ftp:", "//"]) linkify.add(scheme, null);
  for (const scheme of ["http:", "https:"]) linkify.add(scheme, endingBeforeCjk(linkify));
  const match = linkify.match.bind(linkify);
  linkify.match = (text) => (match(text) ?? []).map(withoutCjk).map(withoutMarks).filter((found) => found.schema || isWellKnown(found.text, text[found.lastIndex]));
  // markdown-it asks for a whole line first, where a mark behind an address can hide it, and then for each text in the line.
  linkify.test = (text) => text.includes(".") || text.includes("//");
  const matchAtStart = linkify.matchAtStart.bind(linkify);
  linkify.matchAtStart = (text) => { const found = matchAtStart(text); return found && withoutMarks(found); };
}

/** Whether all of `text` is an address without a scheme. */
export function isBareAddress(text, linkify) {
  const [found] = linkify.match(text);
  return found?.raw === text && !found.schema;
}

/** Kana, hangul and ideographs end an address, since these scripts use no spaces; not within a host written in them. */
function endingBeforeCjk(linkify) {
  return {
    validate: (text, pos, self) => {
      const check = (all) => { const re = self.re.get_http_validator(); re.lastIndex = pos; return re.exec(all)?.[0].length ?? 0; };
      const start = ASCII_HOST.test(text.slice(pos, pos + 300)) ? pos : pos + 2 + HOST.exec(text.slice(pos + 2, pos + 300))?.[0].length;
      const end = text.slice(start).search(CJK);
      return (end > 0 && check(text.slice(0, start + end))) || check(text);
    },
    normalize: (match) => linkify.normalize(match),
  };
}

function withoutCjk(found) {
  const host = HOST.exec(found.text)?.[0].length ?? 0;
  const end = found.schema ? -1 : found.text.slice(host).search(CJK);
  if (end < 0) return found;
  const text = found.text.slice(0, host + end);
  return { ...found, text, raw: text, url: `http://${text}`, lastIndex: found.index + text.length };
}

/** The end of a spoiler or of struck text is no part of an address, and neither is a colon before what follows. */
function withoutMarks(found) {
  const text = found.text.replace(/(?:(?:\|\||~~)[.,:;!?*_]*|:)$/, "");
  const dropped = found.text.length - text.length;
  if (!dropped) return found;
  return { ...found, text, raw: found.raw.slice(0, -dropped), url: found.url.slice(0, -dropped), lastIndex: found.lastIndex - dropped };
}

function isWellKnown(address, next) {
  const [host] = HOST.exec(address) ?? [""];
  if (address.length > host.length && /^[/?#]|^:\d+[/?#]/.test(address.slice(host.length))) return true;
  const ending = host.slice(host.lastIndexOf(".") + 1);
  return next !== "(" && (WELL_KNOWN.has(ending) || ending.startsWith("xn--"));
}
