// A message on one line, for quotations, notifications and announcements: the words as they are shown.

import markdownIt from "markdown-it";
import { createMarkdown } from "./markdown.js";
import { gettext, ngettext } from "../core/translate.js";

const LOOKED_AT = 5;        // times as many characters as are shown, for marks and spaces
const LONGEST_LETTER = 64;  // code units; more of one grapheme are cut
const NO_TEXT = new Set(["BUTTON", "svg"]);
const BLOCKS = new Set(["P", "PRE", "BLOCKQUOTE", "LI", "TH", "TD"]);
let markdown = null;

/** At most `longest` graphemes, never half of one. */
export function oneLine(text, longest = 160) {
  return cut(shownLine(text.slice(0, LOOKED_AT * longest)), longest);
}

/** All of it. */
export function shownLine(text) {
  return words(rendered(text)).replace(/\s+/gu, " ").trim();
}

/** The same said aloud: the name of a server in place of a whole address, and how long a block of code is in place of the code. */
export function spokenLine(text, longest) {
  const node = rendered(text.slice(0, LOOKED_AT * longest));
  for (const block of node.querySelectorAll("pre")) {
    const lines = block.textContent.trimEnd().split("\n").length;
    block.textContent = ngettext("code block, %(count)s line", "code block, %(count)s lines", lines);
  }
  for (const link of node.querySelectorAll("a[href]")) {
    if (/^https?:/.test(link.textContent)) link.textContent = gettext("link to %(site)s", { site: new URL(link.href).hostname });
  }
  return lineOf(node, longest);
}

function rendered(text) {
  markdown ??= createMarkdown(markdownIt);
  return markdown.render(text);
}

/** What is shown in a node, at most `longest` graphemes, with a sign where it goes on. */
export function lineOf(node, longest) {
  const line = words(node).replace(/\s+/gu, " ").trim();
  const begin = cut(line, longest);
  return begin.length < line.length ? `${begin}…` : begin;
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
  if (NO_TEXT.has(node.nodeName) || node.classList?.contains("edited")) return "";
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
