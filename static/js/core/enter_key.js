// What Enter does in the message box: it sends, or it starts a new line. Where there is only a touch keyboard, Enter is the only
// way to a new line, so there it sends only if the person chose so.

const FINGERS = globalThis.matchMedia?.("(pointer: coarse)");

/** Pure. `chosen`: true or false, null as long as nothing was chosen. @param {{enterSends?: boolean | null}} chosen */
export function enterSends({ enterSends: chosen }, touch = Boolean(FINGERS?.matches)) {
  return chosen ?? !touch;
}
