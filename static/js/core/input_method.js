// Whether a key event belongs to an input method that is composing text: every key handler checks this first.

const PROCESSED = 229;     // the keyCode of every key that an input method takes

/**
 * Pure. Enter, Escape and arrows choose among candidates then. Safari reports the end of the composition before the key that ended
 * it, so that `isComposing` is false already; some browsers on Windows and Android call the key "Process".
 * @param {{isComposing: boolean, keyCode: number, key: string}} facts
 */
export function isForInputMethod({ isComposing, keyCode, key }) {
  return Boolean(isComposing) || keyCode === PROCESSED || key === "Process";
}
