// Every key of the chat in one table: listeners name a key of it, and the help shows it.

import { gettext } from "../core/translate.js";

/**
 * [[group, [[words, {name: combination}], ...]], ...]. A combination is a key with its modifiers; Mod is ⌘ or Ctrl.
 * @type {[string, [string, Record<string, string>][]][]}
 */
export const TABLE = [
  [gettext("Navigation"), [
    [gettext("Jump to a room or a person"), { jump: "Mod K" }],
    [gettext("Next, previous unread room"), { nextRoom: "Alt ArrowDown", previousRoom: "Alt ArrowUp" }],
    [gettext("Next, previous message"), { nextMessage: "J", previousMessage: "K" }],
    [gettext("First unread message"), { unread: "U" }],
    [gettext("Newest message"), { present: "End" }],
    [gettext("Next, previous part of the page"), { nextPane: "F6", previousPane: "Shift F6" }],
  ]],
  [gettext("On a message"), [
    [gettext("Reply"), { reply: "R" }],
    [gettext("React"), { react: "+" }],
    [gettext("Edit your own"), { edit: "E" }],
    [gettext("Edit your last one, from an empty box"), { editLast: "ArrowUp" }],
    [gettext("Copy its link"), { link: "L" }],
    [gettext("Moderate or report"), { moderate: "M" }],
  ]],
  [gettext("In the list of messages"), [
    [gettext("Message below, above"), { messageBelow: "ArrowDown", messageAbove: "ArrowUp" }],
    [gettext("Ten messages below, above"), { tenBelow: "PageDown", tenAbove: "PageUp" }],
    [gettext("First, newest message"), { firstMessage: "Home", newestMessage: "End" }],
    [gettext("Open its menu"), { openMenu: "Enter" }],
  ]],
  [gettext("Writing"), [
    [gettext("Send"), { send: "Enter", sendAlways: "Mod Enter" }],
    [gettext("New line"), { newLine: "Shift Enter" }],
    [gettext("Mention someone"), { mention: "@" }],
    [gettext("Emoji by its name"), { emoji: ":" }],
    [gettext("Undo: the last change, or a cancelled edit"), { undo: "Mod Z" }],
    [gettext("Bold, italic, code"), { bold: "Mod B", italic: "Mod I", code: "Mod E" }],
  ]],
  [gettext("Anywhere"), [
    [gettext("People, and back"), { people: "P" }],
    [gettext("Search everywhere, in this room"), { search: "/", searchHere: "Mod Shift F" }],
    [gettext("Close, cancel, go back to writing"), { back: "Escape" }],
    [gettext("In menus and lists: down, up"), { down: "ArrowDown", up: "ArrowUp" }],
    [gettext("This list"), { help: "?" }],
  ]],
];

const COMBINATIONS = Object.assign({}, ...TABLE.flatMap(([, rows]) => rows.map(([, keys]) => keys)));

/** ["Mod", "K"]: the modifiers and the key. */
export function partsOf(name) {
  if (!COMBINATIONS[name]) throw new Error(`There is no key "${name}".`);
  return COMBINATIONS[name].split(" ");
}
