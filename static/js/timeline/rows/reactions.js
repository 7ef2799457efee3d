// The reactions under a message, each with its count; mine are shown as pressed.

import { el, icon } from "../../core/dom.js";
import { joinWords } from "../../core/format.js";
import { emojiPicture, nameOf } from "../../emoji/pictures.js";
import { gettext } from "../../core/translate.js";

const NAMED = 3;

/** `actions`: {react(message, emoji, on), pickReaction(message, button), nameOfPerson(id), me}; null where there are none. */
export function reactionsLine(message, actions) {
  const { reactions } = message;
  if (!reactions?.length) return null;
  const line = el("div.reactions", { role: "group", "aria-label": gettext("Reactions") }, reactions.map((reaction) => button(message, reaction, actions)));
  const more = el("button.reaction.reaction--add", { type: "button", "aria-label": gettext("Add a reaction"), "data-key": "add" }, icon("smile-plus", true));
  more.addEventListener("click", () => actions.pickReaction(message, more));
  line.append(more);
  return line;
}

/** "heart, 6, you, Inês, Mei and 3 more". Pure. */
export function reactionWords({ emoji, count, by, mine }, me, nameOfPerson) {
  const others = (Array.isArray(by) ? by : []).filter((id) => id !== me.id).map(nameOfPerson);
  const names = [...(mine ? [gettext("you")] : []), ...others].slice(0, NAMED);
  const rest = count - names.length;
  if (!names.length) return `${nameOf(emoji)}, ${count}`;
  const list = joinWords(rest > 0 ? [...names, gettext("%(count)s more", { count: rest })] : names);
  return `${nameOf(emoji)}, ${count}, ${list}`;
}

function button(message, reaction, { react, nameOfPerson, me }) {
  const { emoji, count, mine } = reaction;
  const words = reactionWords(reaction, me, nameOfPerson);
  return el("button.reaction", {
    type: "button", "aria-pressed": String(Boolean(mine)), "aria-label": words, "data-key": emoji,
    onclick: () => react(message, emoji, !mine),
  }, emojiPicture(emoji), el("span", {}, String(count)));
}
