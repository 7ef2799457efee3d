// Completes emoji by name: suggestions after ":", and a name between two colons becomes its emoji.

import { el } from "../../core/dom.js";
import { replaceRange } from "../edit_text.js";
import { emojiPicture } from "../../emoji/pictures.js";
import { gettext } from "../../core/translate.js";

const AT_MOST = 6;
const OFFER = /(?<![\p{L}\p{N}:])(?<=[^/]|^):([a-z0-9_+-]{2,30})$/u;
const WHOLE = /(?<![\p{L}\p{N}:]):([a-z0-9_+-]{1,50}):$/u;

/** A source of Completion; `names`: EmojiNames. */
export function emojiSource(names) {
  return {
    pattern: OFFER,
    title: (query) => gettext("Emoji matching “%(query)s”", { query }),
    ready: () => names.ready(),
    find: (query) => names.find(query, AT_MOST).map(({ emoji, names: codes }) => ({
      text: emoji, node: [emojiPicture(emoji), el("b", {}, `:${codes.find((code) => code.includes(query)) ?? codes[0]}:`)],
    })),
  };
}

/** Put an emoji in place of the name that was just finished in the box, unless code is written; once the names are loaded. */
export function replaceFinishedName(box, names) {
  const { selectionStart: end, value } = box;
  const found = WHOLE.exec(value.slice(Math.max(0, end - 60), end));
  if (!found || inCode(value.slice(0, end))) return;
  const emoji = names.named(found[1]);
  if (emoji) replaceRange(box, end - found[0].length, end, emoji);
  else if (!names.loaded) names.ready().then((loaded) => { if (loaded && box.value === value) replaceFinishedName(box, names); });
}

function inCode(before) {
  return (before.match(/`+/gu)?.length ?? 0) % 2 === 1;
}
