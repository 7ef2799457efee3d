// The emoji offered first, with their names; other reactions are shown as they came. Those of the bar are drawings, so that
// they look the same everywhere.

import { el, svgUse } from "../core/dom.js";
import { gettext } from "../core/translate.js";

const DRAWN = { "👍": "thumb", "❤️": "heart", "👀": "eyes", "😂": "laugh", "🎉": "party", "✅": "tick" };

export const OFFERED = new Map([
  ["👍", gettext("thumbs up")], ["❤️", gettext("heart")], ["👀", gettext("looking")], ["😂", gettext("laughing")], ["🎉", gettext("party")], ["✅", gettext("done")],
  ["👎", gettext("thumbs down")], ["🙏", gettext("thank you")], ["👏", gettext("applause")], ["🙌", gettext("raised hands")], ["💪", gettext("strong")], ["🤝", gettext("handshake")],
  ["😀", gettext("smiling")], ["😮", gettext("surprised")], ["😢", gettext("sad")], ["😅", gettext("phew")], ["🤔", gettext("thinking")], ["😍", gettext("loving it")],
  ["🔥", gettext("fire")], ["🚀", gettext("rocket")], ["💯", gettext("hundred")], ["⭐", gettext("star")], ["☕", gettext("coffee")], ["❓", gettext("question")],
]);

export const QUICK = ["👍", "❤️", "👀"];
export const AT_HAND = ["👍", "❤️", "😂", "🎉", "👀", "✅"];

export function nameOf(emoji) {
  return OFFERED.get(emoji) ?? emoji;
}

export function isDrawn(emoji) { return emoji in DRAWN; }

/** The picture of an emoji; the button around it has the label. */
export function emojiPicture(emoji) {
  const drawn = DRAWN[emoji];
  return drawn ? svgUse(`e-${drawn}`, "emoji", "0 0 20 20") : el("span.emoji.emoji--text", { "aria-hidden": "true" }, emoji);
}
