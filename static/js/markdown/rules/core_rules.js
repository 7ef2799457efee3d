// Rules for the blocks of a text: their cost is bounded before their lines are parsed, quotations mention nobody, and items
// that begin with a box are tasks.

import { isTooDear } from "../limits.js";

const TASK = /^\[([ xX])\] +(?=\S)/;

/** A markdown-it plugin; `env.tooExpensive`: show the text as it was typed. */
export function chatCore(markdown) {
  markdown.core.ruler.at("inline", inline);
  markdown.core.ruler.after("inline", "tasks", tasks);
}

function inline({ tokens, md, env }) {
  env.tooExpensive = isTooDear(tokens);
  if (env.tooExpensive) return;
  env.quoted = 0;
  for (const token of tokens) {
    if (token.type === "blockquote_open") env.quoted += 1;
    if (token.type === "blockquote_close") env.quoted -= 1;
    if (token.type === "inline") md.inline.parse(token.content, md, env, token.children);
  }
}

function tasks({ tokens, env }) {
  if (env.tooExpensive) return;
  tokens.forEach((token, at) => {
    const [first] = token.type === "list_item_open" ? tokens[at + 2]?.children ?? [] : [];
    const found = first?.type === "text" && TASK.exec(first.content);
    if (!found) return;
    token.meta = { done: found[1] !== " " };
    first.content = first.content.slice(found[0].length);
  });
}
