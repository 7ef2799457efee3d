// Renders messages: Markdown as people use it in a chat, without HTML and images. Marks without effect are shown as they were
// typed: tests/rules/text.json.

import { el } from "../core/dom.js";
import { chatLinkify } from "./rules/bare_hosts.js";
import { chatBlocks } from "./rules/block_rules.js";
import { chatCore } from "./rules/core_rules.js";
import { chatEmphasis } from "./rules/emphasis.js";
import { visibleProse } from "./hidden_characters.js";
import { chatInline } from "./rules/inline_rules.js";
import { hasTooManyLinks, isTooLong, limitAccents } from "./limits.js";
import { chatLinks } from "./rules/link_rules.js";
import { mentionRule } from "./rules/mention_rule.js";
import { nodesOf } from "./nodes.js";
import { roomRule } from "./rules/room_rule.js";
import { spoilerRule } from "./rules/spoiler_rule.js";

const OFF = ["code", "image", "html_block", "html_inline", "lheading", "hr", "reference"];

/**
 * Return {render(text)}, giving a DocumentFragment; made of the library. `origin`: our own, whose links stay in this tab.
 */
export function createMarkdown(markdownIt, origin = "") {
  const markdown = markdownIt({ html: false, linkify: true, breaks: true, typographer: false });
  for (const part of [chatBlocks, chatInline, chatCore, chatEmphasis, mentionRule, roomRule, spoilerRule]) markdown.use(part);
  chatLinks(markdown, origin);
  chatLinkify(markdown.linkify);
  markdown.disable(OFF).normalizeLinkText = (typed) => typed;
  return { render: (text) => nodes(markdown, limitAccents(text), origin) };
}

function nodes(markdown, text, origin) {
  const env = { tooExpensive: isTooLong(text) };
  const tokens = env.tooExpensive ? [] : markdown.set({ linkify: !hasTooManyLinks(text) }).parse(text, env);
  if (!env.tooExpensive) return nodesOf(tokens, origin);
  const plain = document.createDocumentFragment();
  plain.append(el("p.plain", { dir: "auto" }, visibleProse(text)));
  return plain;
}
