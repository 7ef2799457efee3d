// The only place where what people write becomes markup. Markdown without HTML, tables and pictures; then a tight
// list of what may stand in the page; then every link made safe.

const TAGS = ["p", "br", "strong", "em", "s", "code", "pre", "blockquote", "ul", "ol", "li", "a"];
const ATTRIBUTES = ["href", "start"];
const LINKS = /^(?:https?|mailto):/i;
const LINKS_AT_MOST = 200;     // finding links is the dearest part: a text of nothing else stays text
const LONGEST = 32_768;        // no message is longer, unless somebody set it so: then it is text and nothing more
const OFF = ["table", "image", "html_block", "html_inline", "heading", "lheading", "hr", "reference"];

/** Return `render(text) → DocumentFragment`, made of the two libraries. */
export function createMarkdown(markdownIt, purify) {
  const markdown = markdownIt({ html: false, linkify: true, breaks: true, typographer: false }).disable(OFF);
  markdown.linkify.set({ fuzzyLink: true, fuzzyEmail: false });
  purify.addHook("afterSanitizeAttributes", makeLinkSafe);
  const rules = {
    ALLOWED_TAGS: TAGS, ALLOWED_ATTR: [...ATTRIBUTES, "rel", "target", "dir"], ALLOWED_URI_REGEXP: LINKS,
    ALLOW_DATA_ATTR: false, ALLOW_ARIA_ATTR: false, RETURN_DOM_FRAGMENT: true,
  };
  return (text) => purify.sanitize(text.length > LONGEST ? plain(markdown, text) : markdown.set({ linkify: !manyLinks(text) }).render(text), rules);
}

function plain(markdown, text) {
  return `<p>${markdown.utils.escapeHtml(text)}</p>`;
}

function manyLinks(text) {
  return (text.match(/:\/\/|www\.|[^\s.]\.[^\s.]/g)?.length ?? 0) > LINKS_AT_MOST;
}

function makeLinkSafe(node) {
  if (node.nodeName === "A") {
    if (!node.hasAttribute("href")) return;
    node.setAttribute("target", "_blank");
    node.setAttribute("rel", "noopener noreferrer nofollow");
  } else if (["P", "LI", "BLOCKQUOTE"].includes(node.nodeName)) node.setAttribute("dir", "auto");
  else if (node.nodeName === "PRE") node.setAttribute("dir", "ltr");
}
