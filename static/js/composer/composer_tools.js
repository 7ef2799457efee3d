// Tools of the composer: completion of people, rooms and emoji, the emoji picker, the "@" button, formatting and code.

import { byId } from "../core/dom.js";
import { replaceRange } from "./edit_text.js";
import { Completion } from "./completion/completion.js";
import { emojiSource, replaceFinishedName } from "./completion/emoji_source.js";
import { followFormatting } from "./formatting.js";
import { followPastes } from "./paste_as_code.js";
import { peopleSource } from "./completion/people_source.js";
import { roomsSource } from "./completion/rooms_source.js";

// What comes back by undo, or appears because letters were deleted, was not just typed.
const TAKES_AWAY = /^(?:history|delete)/;

/** `facts`: {me, names, picker, rooms(), room(), membersOf(room)} */
export function startComposerTools(facts) {
  const box = byId("write");
  // Runs before the composer's own listeners for input and keys.
  box.addEventListener("input", ({ isComposing, inputType }) => { if (!isComposing && !TAKES_AWAY.test(inputType)) replaceFinishedName(box, facts.names); }, { capture: true });
  new Completion(box, [peopleSource(facts), roomsSource(facts.rooms), emojiSource(facts.names)]);
  followFormatting(box);
  followPastes(box);
  const pick = (anchor) => facts.picker.open(anchor, (emoji) => insert(box, emoji));
  const mention = () => insert(box, needsSpace(box) ? " @" : "@");
  byId("write-emoji").addEventListener("click", ({ currentTarget }) => pick(currentTarget));
  byId("write-mention").addEventListener("click", mention);
  // Where the window is narrow, both are in the menu, and open once that has closed.
  byId("menu-emoji").addEventListener("click", () => setTimeout(() => pick(byId("write-format"))));
  byId("menu-mention").addEventListener("click", () => setTimeout(mention));
}

function insert(box, text) {
  replaceRange(box, box.selectionStart, box.selectionEnd, text);
}

function needsSpace({ selectionStart, value }) {
  return selectionStart > 0 && !/\s/u.test(value[selectionStart - 1]);
}
