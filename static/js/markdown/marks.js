// Puts Markdown around the selected text. Pure.

const AROUND = { bold: "**", italic: "*", code: "`" };
const BEFORE = { quote: "> ", list: "- " };

/** The text with the marks, and the new selection: {text, start, end}. */
export function formatted(text, start, end, kind) {
  const chosen = text.slice(start, end);
  if (AROUND[kind]) return around(text, start, end, AROUND[kind], AROUND[kind]);
  if (kind === "block") return around(text, start, end, `${lineBreakBefore(text, start)}\`\`\`\n`, "\n```");
  if (kind === "link") return { ...around(text, start, end, "[", "](https://)"), start: end + 3, end: end + 11 };
  const from = text.lastIndexOf("\n", start - 1) + 1;
  const lines = text.slice(from, end).split("\n").map((line) => BEFORE[kind] + line).join("\n");
  return { text: text.slice(0, from) + lines + text.slice(end), start: from + lines.length - (chosen ? lines.length : 0), end: from + lines.length };
}

function around(text, start, end, before, after) {
  return { text: text.slice(0, start) + before + text.slice(start, end) + after + text.slice(end), start: start + before.length, end: end + before.length };
}

function lineBreakBefore(text, start) {
  return start > 0 && text[start - 1] !== "\n" ? "\n" : "";
}
