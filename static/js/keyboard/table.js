// Every key that the chat knows, once: who listens asks for a key by its name, and the help shows this table.

/** [[group, [[words, {name: combination}], ...]], ...]. A combination is a key and what is held with it; Mod is ⌘ or Ctrl. */
export const TABLE = [
  ["Move", [
    ["Jump to a room or a person", { jump: "Mod K" }],
    ["Next, previous unread room", { nextRoom: "Alt ArrowDown", previousRoom: "Alt ArrowUp" }],
    ["Next, previous message", { nextMessage: "J", previousMessage: "K" }],
    ["First unread message", { unread: "U" }],
    ["Newest message", { present: "End" }],
  ]],
  ["On a message", [
    ["Reply", { reply: "R" }],
    ["React", { react: "+" }],
    ["Edit your own", { edit: "E" }],
    ["Edit your last one, from an empty box", { editLast: "ArrowUp" }],
    ["Copy its link", { link: "L" }],
    ["Moderate or report", { moderate: "M" }],
  ]],
  ["Writing", [
    ["Send", { send: "Enter" }],
    ["New line", { newLine: "Shift Enter" }],
    ["Mention someone", { mention: "@" }],
    ["Emoji by its name", { emoji: ":" }],
    ["Bold, italic, code", { bold: "Mod B", italic: "Mod I", code: "Mod E" }],
  ]],
  ["Anywhere", [
    ["People, and back", { people: "P" }],
    ["Search", { search: "/" }],
    ["Close, cancel, go back to writing", { back: "Escape" }],
    ["In menus and lists: down, up", { down: "ArrowDown", up: "ArrowUp" }],
    ["This list", { help: "?" }],
  ]],
];

const COMBINATIONS = Object.assign({}, ...TABLE.flatMap(([, rows]) => rows.map(([, keys]) => keys)));

/** ["Mod", "K"]: what is held, and the key. */
export function partsOf(name) {
  if (!COMBINATIONS[name]) throw new Error(`There is no key "${name}".`);
  return COMBINATIONS[name].split(" ");
}
