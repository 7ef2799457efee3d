// What the nodes of a message show, as text: one line for each line, and the language of code before it.

const BLOCKS = new Set(["P", "PRE", "BLOCKQUOTE", "UL", "OL", "LI", "TABLE", "THEAD", "TBODY", "TR", "TH", "TD"]);

/** Text of `node`: blocks and line breaks are line ends, and of several in a row one stays. */
export function shownText(node) {
  return lines(node).replace(/\ue000+$|^\ue000+/g, "").replace(/\ue000+/g, "\n");
}

function lines(node) {
  if (node.nodeType === node.TEXT_NODE) return node.data;
  if (node.nodeName === "BR") return "\n";
  if (node.nodeName === "INPUT") return "";
  const inner = [node.dataset?.language && `${node.dataset.language}\n`, ...[...node.childNodes].map(lines)].filter(Boolean).join("");
  if (node.nodeName === "PRE") return `\ue000${inner.replace(/\n$/, "")}\ue000`;
  return BLOCKS.has(node.nodeName) ? `\ue000${node.classList.contains("task") ? inner.slice(1) : inner}\ue000` : inner;
}
