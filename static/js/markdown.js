// How what people write becomes what one reads: Markdown without HTML, tables and pictures.

import { el } from "./dom.js";
import { hasTooManyLinks, isTooDear, withoutHeaps } from "./prose/limits.js";
import { mentionRule } from "./prose/mention_rule.js";
import { visibleProse } from "./prose/hidden_characters.js";
import { nodesOf } from "./prose/nodes.js";

const OFF = ["table", "image", "html_block", "html_inline", "heading", "lheading", "hr", "reference"];

/**
 * Return {render(text)}, giving a DocumentFragment; made of the library. `origin`: our own, whose links stay in this tab.
 */
export function createMarkdown(markdownIt, origin = "") {
  const markdown = markdownIt({ html: false, linkify: true, breaks: true, typographer: false }).disable(OFF).use(mentionRule);
  markdown.linkify.set({ fuzzyLink: true, fuzzyEmail: false });
  return { render: (text) => nodes(markdown, withoutHeaps(text), origin) };
}

function nodes(markdown, text, origin) {
  if (!isTooDear(text)) return nodesOf(markdown.set({ linkify: !hasTooManyLinks(text) }).parse(text, {}), origin);
  const plain = document.createDocumentFragment();
  plain.append(el("p.plain", { dir: "auto" }, visibleProse(text)));
  return plain;
}
