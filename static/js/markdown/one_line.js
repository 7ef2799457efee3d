// A message on one line, for quotations, notifications and announcements: the words as they are shown.

import markdownIt from "markdown-it";
import { createMarkdown } from "./markdown.js";
import { gettext } from "../core/translate.js";

const LOOKED_AT = 5;        // times as many characters as are shown, for marks and spaces
const BLOCKS = new Set(["P", "PRE", "BLOCKQUOTE", "LI", "TH", "TD"]);
let markdown = null;

/** At most `longest` graphemes, never half of one. */
export function oneLine(text, longest = 160) {
  markdown ??= createMarkdown(markdownIt);
  return cut(words(markdown.render(text.slice(0, LOOKED_AT * longest))).replace(/\s+/gu, " ").trim(), longest);
}

function words(node) {
  if (node.nodeType === node.TEXT_NODE) return node.data;
  if (node.nodeName === "BR") return " ";
  if (node.classList?.contains("spoiler")) return `[${gettext("Spoiler")}]`;
  const inner = [...node.childNodes].map(words).join("");
  if (!BLOCKS.has(node.nodeName)) return inner;
  return node.hasAttribute("value") ? ` ${node.value}. ${inner} ` : ` ${inner} `;
}

function cut(text, longest) {
  if (text.length <= longest) return text;
  const letters = Intl.Segmenter ? Array.from(new Intl.Segmenter().segment(text), ({ segment }) => segment) : [...text];
  return letters.slice(0, longest).join("");
}
