// The only place where what people write becomes markup. Markdown without HTML, tables and pictures; then a tight
// list of what may stand in the page; then every link made safe.

import { hasTooManyLinks, isTooDear, withoutHeaps } from "./prose/limits.js";
import { mentionRule } from "./prose/mention_rule.js";

const TAGS = ["p", "br", "strong", "em", "s", "code", "pre", "blockquote", "ul", "ol", "li", "a", "span"];
const ATTRIBUTES = ["href", "start", "class"];
const LINKS = /^(?:https?|mailto):/i;
const OFF = ["table", "image", "html_block", "html_inline", "heading", "lheading", "hr", "reference"];
// What our own rendering says by classes; anything else would let a text borrow the page's looks.
const CLASSES = { P: /^plain$/, CODE: /^language-[\w#+-]{1,20}$/, SPAN: /^mention$/ };

/**
 * Return {render(text)}, giving a DocumentFragment; made of the two libraries. `origin`: our own, whose links stay in this tab.
 */
export function createMarkdown(markdownIt, purify, origin = "") {
  const markdown = markdownIt({ html: false, linkify: true, breaks: true, typographer: false }).disable(OFF).use(mentionRule);
  markdown.linkify.set({ fuzzyLink: true, fuzzyEmail: false });
  purify.addHook("uponSanitizeAttribute", keepOwnClasses);
  purify.addHook("afterSanitizeAttributes", (node) => makeSafe(node, origin));
  const rules = {
    ALLOWED_TAGS: TAGS, ALLOWED_ATTR: [...ATTRIBUTES, "rel", "target", "dir", "title"], ALLOWED_URI_REGEXP: LINKS,
    ALLOW_DATA_ATTR: false, ALLOW_ARIA_ATTR: false, RETURN_DOM_FRAGMENT: true,
  };
  return { render: (text) => purify.sanitize(toHtml(markdown, withoutHeaps(text)), rules) };
}

function toHtml(markdown, text) {
  if (isTooDear(text)) return `<p class="plain">${markdown.utils.escapeHtml(text)}</p>`;
  return markdown.set({ linkify: !hasTooManyLinks(text) }).render(text);
}

function keepOwnClasses(node, attribute) {
  if (attribute.attrName === "class") attribute.keepAttr = CLASSES[node.nodeName]?.test(attribute.attrValue) ?? false;
  else if (attribute.attrName === "title") attribute.keepAttr = false;
}

function makeSafe(node, origin) {
  if (node.nodeName === "A") makeLinkSafe(node, origin);
  else if (["P", "LI", "BLOCKQUOTE"].includes(node.nodeName)) node.setAttribute("dir", "auto");
  else if (node.nodeName === "PRE") node.setAttribute("dir", "ltr");
}

function makeLinkSafe(link, origin) {
  const href = link.getAttribute("href");
  if (!href) return;
  // Where the words hide where it leads to, it is told on the link.
  if (link.textContent !== href) link.setAttribute("title", href);
  if (origin && href.startsWith(`${origin}/rooms/`)) return;
  link.setAttribute("target", "_blank");
  link.setAttribute("rel", "noopener noreferrer nofollow");
}
