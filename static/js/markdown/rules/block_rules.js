// How lines become blocks in a chat. Where CommonMark would drop what was typed (indentation, empty items, the first line of a
// fence, cells beyond the header) the text stays as it is. The server follows the same rules: chat/domain/mention_paragraphs.py.

import { closesFence, openBehind, openedFence } from "./fence_lines.js";
import { originalRule } from "./original_rule.js";

const MOST_CELLS = 150;       // as many blocks as limits.js allows
const QUOTED = /^>+(?:[ \t]|$)/;
const QUOTES = /^(?!>>>)[> \t]*[^> \t]/;      // ">>> print(1)" and ">>>>>>> branch" are lines of code
const HEADING = /^(#{1,6})[ \t]+(?=\S)/;
const ITEM = /^(?:[*+-]|(?:0|[1-9]\d{0,8})[.)])[ \t]+(?=\S)/;
const ONLY_MARKS = /^[\s*+-]*$/;
const SEVERAL_MARKS = /^[*+-][ \t]+[*+-](?:[ \t]|$)/;

/** Replace markdown-it's rules by ours. */
export function chatBlocks(markdown) {
  const { ruler } = markdown.block;
  const original = Object.fromEntries(["blockquote", "list", "table"].map((name) => [name, originalRule(ruler, name)]));
  const terminates = (...others) => ({ alt: ["paragraph", "blockquote", "list", ...others] });
  ruler.at("fence", fence, terminates());
  ruler.at("heading", heading, terminates());
  ruler.at("blockquote", quote(original.blockquote), terminates());
  ruler.at("list", list(original.list), { alt: ["paragraph", "blockquote"] });
  ruler.before("list", "several_marks", severalMarks, { alt: ["list"] });
  ruler.at("table", table(original.table), { alt: ["paragraph"] });
  ruler.at("paragraph", paragraph);
}

function lineOf(state, line) {
  return state.src.slice(state.bMarks[line] + state.tShift[line], state.eMarks[line]);
}

/** A fence in an item ends at its closing mark, however far that is indented, or with the text. */
function fence(state, startLine, endLine, silent) {
  const opened = openedFence(lineOf(state, startLine));
  if (!opened) return false;
  let end = startLine + 1;
  while (end < endLine && closesFence(state.src.slice(state.bMarks[end], state.eMarks[end]), opened) === null) end += 1;
  const last = end < endLine ? closesFence(state.src.slice(state.bMarks[end], state.eMarks[end]), opened) : "";
  const content = [opened.first, state.getLines(startLine + 1, end, state.sCount[startLine], false), last && state.getLines(end, end + 1, state.sCount[startLine], false)];
  const isEmpty = !content.join("").trim();
  if (isEmpty && end === endLine) return false;
  if (silent) return true;
  if (isEmpty) {
    state.line = end + 1;
    pushText(state, "paragraph", state.getLines(startLine, state.line, state.blkIndent, false).trimEnd(), [startLine, state.line]);
    return true;
  }
  if (last) content[2] = content[2].trimEnd().replace(/`+$/, "");
  state.line = Math.min(end + 1, endLine);
  Object.assign(state.push("fence", "code", 0), {
    info: opened.language, content: content.filter(Boolean).map((piece) => `${piece}\n`).join(""), map: [startLine, state.line],
  });
  return true;
}

/** Only lines with the mark are quoted; it is ">" and a space, since ">_<" and ">9000" mean something else. The first says something. */
function quote(original) {
  return (state, startLine, endLine, silent) => {
    if (!QUOTED.test(lineOf(state, startLine)) || !QUOTES.test(lineOf(state, startLine))) return false;
    let end = startLine;
    while (end < endLine && state.sCount[end] >= Math.min(state.blkIndent, state.sCount[startLine]) && QUOTED.test(lineOf(state, end))) {
      state.sCount[end] = Math.min(state.sCount[end], state.blkIndent + 3);
      end += 1;
    }
    return original(state, startLine, end, silent);
  };
}

/** A list begins with an item that says something, and with a number that is shown as it was typed. */
function list(original) {
  return (state, startLine, endLine, silent) => {
    const line = lineOf(state, startLine);
    return ITEM.test(line) && !ONLY_MARKS.test(line) && !SEVERAL_MARKS.test(line) && original(state, startLine, endLine, silent);
  };
}

/** "* * * * * backup" is no list in a list, and ends one. */
function severalMarks(state, startLine, _endLine, silent) {
  return silent && SEVERAL_MARKS.test(lineOf(state, startLine));
}

/** A row with more cells than the header would lose some of them. What was found is remembered: no line is looked at twice. */
function table(original) {
  return (state, startLine, endLine, silent) => {
    if (startLine < (state.env.noTableBefore ?? 0) || !original(state, startLine, endLine, true)) return false;
    state.env.noTableBefore = firstRagged(state, startLine, endLine);
    return startLine >= state.env.noTableBefore && (silent || original(state, startLine, endLine, false));
  };
}

/** The line that has too many cells, or 0; no table at all fits where one has more cells than a message may. */
function firstRagged(state, startLine, endLine) {
  const columns = columnsOf(lineOf(state, startLine));
  let cells = columns;
  for (let line = startLine + 2; line < endLine && !state.isEmpty(line); line += 1) {
    cells += columns;
    if (cells > MOST_CELLS) return Infinity;
    if (columnsOf(lineOf(state, line)) > columns) return line;
  }
  return 0;
}

function columnsOf(line) {
  return line.trim().replace(/^\|/, "").replace(/(?<!\\)\|$/, "").split(/(?<!\\)\|/).length;
}

function heading(state, startLine, _endLine, silent) {
  const line = lineOf(state, startLine);
  const found = HEADING.exec(line);
  if (!found) return false;
  if (silent) return true;
  state.line = startLine + 1;
  pushText(state, "heading", line.slice(found[0].length).trimEnd(), [startLine, state.line], found[1]);
  return true;
}

/** No line belongs to an item, a quotation or a paragraph that does not say so; its leading spaces stay. */
function paragraph(state, startLine, endLine) {
  const terminators = state.md.block.ruler.getRules("paragraph");
  const { parentType } = state;
  state.parentType = "paragraph";
  let end = startLine + 1;
  let open = openBehind(lineOf(state, startLine), null);
  const goesOn = () => end < endLine && !state.isEmpty(end) && state.sCount[end] >= state.blkIndent
    && (open || !terminators.some((rule) => rule(state, end, endLine, true)));
  for (; goesOn(); end += 1) open = openBehind(lineOf(state, end), open);
  state.line = end;
  pushText(state, "paragraph", state.getLines(startLine, end, state.blkIndent, false).trimEnd(), [startLine, end]);
  state.parentType = parentType;
  return true;
}

function pushText(state, type, content, map, markup = "") {
  Object.assign(state.push(`${type}_open`, "p", 1), { map, markup });
  Object.assign(state.push("inline", "", 0), { content, map, children: [] });
  state.push(`${type}_close`, "p", -1);
}
