// Makes the nodes of a message of what markdown-it read in it: elements from a list of what there may be, and text as text.
// Nothing is ever parsed as markup, so there is nothing to be cleaned of it afterwards.

import { el } from "../dom.js";
import { visibleCode, visibleProse } from "./hidden_characters.js";
import { hostToShow } from "./link_target.js";

const LINKS = /^(?:https?|mailto):/i;
const LANGUAGE = /^\s*([\w#+-]{1,20})(?:\s|$)/;
// By the kind of token. Of what somebody wrote only a link's address, a list's first number and a language become attributes.
const MAKE = {
  text: ({ content }) => visibleProse(content),
  softbreak: () => el("br"),
  hardbreak: () => el("br"),
  code_inline: ({ content }) => el("code", {}, visibleCode(content)),
  code_block: ({ content }) => block(el("code", {}, visibleCode(content))),
  fence: ({ content, info }) => block(el("code", { className: languageOf(info) }, visibleCode(content))),
  mention: ({ content }) => el("span.mention", {}, content),
  link: (token, origin, open) => link(token.attrGet("href"), origin, open),
  strong: () => el("strong"),
  em: () => el("em"),
  s: () => el("s"),
  paragraph: () => el("p", { dir: "auto" }),
  blockquote: () => el("blockquote", { dir: "auto" }),
  bullet_list: () => el("ul"),
  ordered_list: (token) => el("ol", { start: token.attrGet("start") }),
  list_item: () => el("li", { dir: "auto" }),
};

/** Returns a DocumentFragment; `tokens`: markdown-it's; `origin`: our own, whose links stay in this tab. */
export function nodesOf(tokens, origin) {
  const fragment = document.createDocumentFragment();
  const open = [fragment];
  for (const token of tokens.flatMap((each) => each.children ?? each)) {
    if (token.hidden) continue;      // the paragraph of an item that stands close to its neighbours
    if (token.nesting < 0) tellWhereItLeads(open.pop());
    else {
      const node = MAKE[token.type.replace(/_open$/, "")](token, origin, open);
      open.at(-1).append(node);
      if (token.nesting > 0) open.push(node);
    }
  }
  return fragment;
}

function block(code) {
  return el("pre", { dir: "ltr" }, code);
}

function languageOf(info) {
  const language = LANGUAGE.exec(info)?.[1];
  return language ? `language-${language}` : null;
}

function link(href, origin, open) {
  if (open.some(({ localName }) => localName === "a")) return el("span");      // one address in the words of another one
  if (!LINKS.test(href)) return el("a");
  if (origin && href.startsWith(`${origin}/rooms/`)) return el("a", { href });
  return el("a", { href, target: "_blank", rel: "noopener noreferrer nofollow" });
}

/** Where a link's words hide where it leads to, the link says so on hovering; where they name another place, it says so at once. */
function tellWhereItLeads(node) {
  const href = node.getAttribute("href");
  if (!href) return;
  const words = node.textContent;
  if (words !== href) node.title = href;
  const host = hostToShow(href, words);
  if (host) node.append(el("span.link-host", {}, ` (${host})`));
}
