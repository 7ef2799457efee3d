// Where a text names a room, as "#engineering". The page's list of rooms decides whether it exists.

const NAME = /(?<![\p{L}\p{N}_#&/])#([\p{L}\p{N}][\p{L}\p{N}_-]{0,60})/uy;
const MOST = 50;      // in one message

/** A markdown-it rule: emits tokens of the type "room" with the content "#name". */
export function roomRule(markdown) {
  markdown.inline.ruler.push("room", (state, silent) => {
    if (state.src[state.pos] !== "#" || state.linkLevel > 0) return false;
    NAME.lastIndex = state.pos;
    const found = NAME.exec(state.src)?.[0];
    if (!found || state.pos + found.length > state.posMax || (state.env.rooms ??= 0) >= MOST) return false;
    if (!silent) {
      state.push("room", "", 0).content = found;
      state.env.rooms += 1;
    }
    state.pos += found.length;
    return true;
  });
}
