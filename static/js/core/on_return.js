// What could not be fetched is fetched again when the connection returns. Nobody reads a list that failed and stays empty.

const SPREAD = 1500;      // after a restart of the server not everybody asks in the same instant

/** @type {Map<unknown, () => void>} */
const waiting = new Map();

/**
 * Call `act` once when the connection returns; it calls this again if it fails again. `key`: what it fetches, once each.
 * @param {unknown} key
 * @param {() => void} act
 */
export function onReturn(key, act) { waiting.set(key, act); }

/**
 * The connection has returned.
 * @param {(act: () => void) => void} [later]
 */
export function returned(later = (act) => { setTimeout(act, Math.random() * SPREAD); }) {
  const acts = [...waiting.values()];
  waiting.clear();
  acts.forEach((act) => later(act));
}
