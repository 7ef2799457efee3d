// Creates the nodes of a message from markdown-it's tokens: elements from a fixed list, and text as text. Nothing is parsed as
// markup, so nothing has to be sanitized afterwards.

import { el } from "../core/dom.js";
import { visibleCode, visibleProse } from "./hidden_characters.js";
import { hostToShow } from "./link_target.js";

// Items keep the sign they were typed with: "+" and "-" can mean something, as in "- 5 °C".
const MARKERS = { "+": ".items--plus", "-": ".items--minus", ")": ".items--bracket" };
const LINKS = /^(?:https?|mailto):/i;
// By the kind of token. Of the text only a link's address, an item's number and a language become attributes.
const MAKE = {
  text: ({ content }) => visibleProse(content),
  softbreak: () => el("br"),
  hardbreak: () => el("br"),
  code_inline: ({ content }) => el(content.includes("\n") ? "code.code-lines" : "code", { dir: "ltr" }, visibleCode(content)),
  fence: ({ content, info }) => block(el("code", { className: languageOf(info) }, visibleCode(content)), info),
  mention: ({ content }) => el("span.mention", { dir: "ltr" }, content),
  room: ({ content }) => el("span.room", { dir: "ltr" }, visibleProse(content)),
  link: (token, origin, open) => link(token, origin, open),
  strong: () => el("strong"),
  em: () => el("em"),
  s: () => el("s"),
  paragraph: () => el("p", { dir: "auto" }),
  blockquote: () => el("blockquote", { dir: "auto" }),
  spoiler: () => el("span.spoiler"),
  heading: ({ markup }) => el(`p.heading.heading--${Math.min(markup.length, 3)}`, { dir: "auto" }),
  bullet_list: ({ markup }) => el(`ul${MARKERS[markup] ?? ""}`, { dir: "auto" }),
  ordered_list: ({ markup }) => el(`ol${MARKERS[markup] ?? ""}`, { dir: "auto" }),
  list_item: (token) => item(token),
  table: () => el("table"),
  thead: () => el("thead"),
  tbody: () => el("tbody"),
  tr: () => el("tr"),
  th: (token) => cell("th", token),
  td: (token) => cell("td", token),
};

/** Returns a DocumentFragment; `tokens`: markdown-it's; `origin`: our own, whose links stay in this tab. */
export function nodesOf(tokens, origin) {
  const fragment = document.createDocumentFragment();
  const open = [fragment];
  for (const token of tokens.flatMap((each) => each.children ?? each)) {
    if (token.hidden) continue;      // the paragraph of an item in a tight list
    if (token.nesting < 0) tellWhereItLeads(open.pop());
    else {
      const node = MAKE[token.type.replace(/_open$/, "")](token, origin, open);
      open.at(-1).append(node);
      if (token.nesting > 0) open.push(node);
    }
  }
  return fragment;
}

/** The language is shown as well: it was typed, and may not be a language. */
function block(code, language) {
  return el("pre", { dir: "ltr", "data-language": language || null }, code);
}

function languageOf(info) {
  return /^[\w#+-]{1,20}$/.test(info) ? `language-${info}` : null;
}

/** The number as it was typed; direction and marker come from the list. */
function item({ info, meta }) {
  const node = el(meta ? "li.task" : "li", { value: info || null });
  if (meta) node.append(el("input", { type: "checkbox", defaultChecked: meta.done, disabled: true }), " ");
  return node;
}

function cell(tag, token) {
  const [, side] = /^text-align:(right|center)$/.exec(token.attrGet("style") ?? "") ?? [];
  return el(side ? `${tag}.cell--${side}` : tag, { dir: "auto" });
}

function link(token, origin, open) {
  const href = token.attrGet("href");
  if (open.some(({ localName }) => localName === "a")) return el("span");      // one address in the text of a link to another
  if (!LINKS.test(href)) return el("a");
  const dir = token.info === "auto" ? "ltr" : null;      // an address does not set the direction of the text around it
  if (origin && href.startsWith(`${origin}/rooms/`)) return el("a", { href, dir });
  return el("a", { href, dir, target: "_blank", rel: "noopener noreferrer nofollow" });
}

/** A link with other text shows its address on hover; one whose text names another address shows its host at once. */
function tellWhereItLeads(node) {
  const href = node.getAttribute("href");
  if (!href) return;
  const words = node.textContent;
  if (words !== href) node.title = href;
  const host = hostToShow(href, words);
  if (host) node.append(el("span.link-host", {}, ` (${host})`));
}
