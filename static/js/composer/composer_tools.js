// Tools of the composer: completion of people, rooms and emoji, the emoji picker, the "@" button and formatting.

import { byId } from "../core/dom.js";
import { Completion } from "./completion.js";
import { emojiSource, replaceFinishedName } from "./emoji_source.js";
import { followFormatting } from "./formatting.js";
import { peopleSource } from "./people_source.js";
import { roomsSource } from "./rooms_source.js";

/** `facts`: {me, names, picker, rooms(), room(), membersOf(room)} */
export function startComposerTools(facts) {
  const box = byId("write");
  const written = () => box.dispatchEvent(new Event("input", { bubbles: true }));
  // Runs before the composer's own listeners for input and keys.
  box.addEventListener("input", ({ isComposing }) => { if (!isComposing) replaceFinishedName(box, facts.names); }, { capture: true });
  new Completion(box, [peopleSource(facts), roomsSource(facts.rooms), emojiSource(facts.names)]);
  followFormatting(box, written);
  byId("write-emoji").addEventListener("click", ({ currentTarget }) => facts.picker.open(currentTarget, (emoji) => insert(box, emoji, written)));
  byId("write-mention").addEventListener("click", () => insert(box, needsSpace(box) ? " @" : "@", written));
}

function insert(box, text, written) {
  box.focus({ preventScroll: true });
  box.setRangeText(text, box.selectionStart, box.selectionEnd, "end");
  written();
}

function needsSpace({ selectionStart, value }) {
  return selectionStart > 0 && !/\s/u.test(value[selectionStart - 1]);
}
