// A message on one line, for quotations, notifications and announcements: the words as they are shown.

import markdownIt from "markdown-it";
import { createMarkdown } from "./markdown.js";
import { gettext } from "../core/translate.js";

const LOOKED_AT = 5;        // times as many characters as are shown, for marks and spaces
const LONGEST_LETTER = 64;  // code units; more of one grapheme are cut
const BLOCKS = new Set(["P", "PRE", "BLOCKQUOTE", "LI", "TH", "TD"]);
let markdown = null;

/** At most `longest` graphemes, never half of one. */
export function oneLine(text, longest = 160) {
  return cut(shownLine(text.slice(0, LOOKED_AT * longest)), longest);
}

/** All of it. */
export function shownLine(text) {
  markdown ??= createMarkdown(markdownIt);
  return words(markdown.render(text)).replace(/\s+/gu, " ").trim();
}

/** The border between two graphemes at this index or before it; without Intl.Segmenter, between two code points. */
export function borderBefore(text, at) {
  if (at <= 0 || at >= text.length) return Math.max(0, Math.min(at, text.length));
  if (Intl.Segmenter) return new Intl.Segmenter().segment(text.slice(0, at + LONGEST_LETTER)).containing(at)?.index ?? at;
  return /^[\udc00-\udfff]/u.test(text.slice(at)) ? at - 1 : at;
}

function words(node) {
  if (node.nodeType === node.TEXT_NODE) return node.data;
  if (node.nodeName === "BR") return " ";
  if (node.classList?.contains("spoiler")) return `[${gettext("Spoiler")}]`;
  const inner = [...node.childNodes].map(words).join("");
  return BLOCKS.has(node.nodeName) ? ` ${markerOf(node)}${inner} ` : inner;
}

/** What stands before an item, without bullets, which mean nothing on one line. */
function markerOf(node) {
  const list = node.nodeName === "LI" ? node.parentNode?.classList : null;
  if (list && node.hasAttribute("value")) return `${node.value}${list.contains("items--bracket") ? ")" : "."} `;
  if (list?.contains("items--minus")) return "– ";
  return list?.contains("items--plus") ? "+ " : "";
}

function cut(text, longest) {
  if (text.length <= longest) return text;
  if (!Intl.Segmenter) return [...text].slice(0, longest).join("");
  let count = 0;
  for (const { index } of new Intl.Segmenter().segment(text)) {      // one by one: splitting all of a long text takes half a second
    if (count === longest) return text.slice(0, index);
    count += 1;
  }
  return text;
}
