// Which addresses in brackets become links: those that lead somewhere. Other text in brackets stays as it was typed.

import { isBareAddress } from "./bare_hosts.js";
import { originalRule } from "./original_rule.js";

const WITH_SCHEME = /^(?:https?:\/\/|mailto:)[^\s]/i;
const AUTOLINK = /^<(?:https?:\/\/|mailto:|[^\s<>:@]+@)/i;
const BLANK = /^[\s\p{C}\p{Z}\u2800\u3164\u115f\u1160]*$/u;

/** Replace markdown-it's rules by ours; `origin`: our own, for paths of rooms. */
export function chatLinks(markdown, origin) {
  const { ruler } = markdown.inline;
  const autolink = originalRule(ruler, "autolink");
  ruler.at("link", linkRule(origin));
  ruler.at("autolink", (state, silent) => AUTOLINK.test(state.src.slice(state.pos, state.pos + 80)) && autolink(state, silent));
}

function linkRule(origin) {
  return (state, silent) => {
    const { src, pos, posMax, md } = state;
    if (src[pos] !== "[") return false;
    const labelEnd = md.helpers.parseLinkLabel(state, pos, true);
    if (labelEnd < 0 || src[labelEnd + 1] !== "(" || BLANK.test(src.slice(pos + 1, labelEnd))) return false;
    const { ok, str, pos: end } = md.helpers.parseLinkDestination(src, labelEnd + 2, posMax);
    const href = ok && src[end] === ")" && end < posMax && addressOf(str, md, origin);
    if (!href) return false;
    if (!silent) link(state, href, pos + 1, labelEnd);
    state.pos = end + 1;
    state.posMax = posMax;
    return true;
  };
}

function link(state, href, start, end) {
  state.pos = start;
  state.posMax = end;
  state.push("link_open", "a", 1).attrs = [["href", href]];
  state.linkLevel += 1;
  state.md.inline.tokenize(state);
  state.linkLevel -= 1;
  state.push("link_close", "a", -1);
}

function addressOf(written, md, origin) {
  if (WITH_SCHEME.test(written)) return valid(written, md);
  if (origin && written.startsWith("/rooms/")) return valid(origin + written, md);
  return isBareAddress(written, md.linkify) && valid(`http://${written}`, md);
}

function valid(address, md) {
  const href = md.normalizeLink(address);
  return md.validateLink(href) && href;
}
