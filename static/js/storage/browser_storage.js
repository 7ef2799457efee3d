// The browser's storage of short texts. It answers at once; where it is full or forbidden, it keeps nothing.

/** @typedef {{get(key: string): string | null, set(key: string, text: string): void, remove(key: string): void, keys(): string[]}} TextStorage */

/** @returns {TextStorage} */
export function browserStorage() {
  /** @template Result @param {() => Result} action */
  const attempt = (action) => { try { return action(); } catch { return null; } };
  return {
    get: (key) => attempt(() => localStorage.getItem(key)),
    set: (key, text) => { attempt(() => localStorage.setItem(key, text)); },
    remove: (key) => { attempt(() => localStorage.removeItem(key)); },
    keys: () => attempt(() => Object.keys(localStorage)) ?? [],
  };
}
