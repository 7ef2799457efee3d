// Events between parts of the page that do not know each other.

export class Emitter {
  #listeners = new Map();

  /**
   * Call `listener` whenever `name` is emitted; returns a function that removes it.
   * @param {string} name
   * @param {(detail: any) => void} listener
   */
  on(name, listener) {
    if (!this.#listeners.has(name)) this.#listeners.set(name, new Set());
    this.#listeners.get(name).add(listener);
    return () => this.#listeners.get(name).delete(listener);
  }

  /** @param {string} name @param {any} [detail] */
  emit(name, detail = undefined) {
    for (const listener of this.#listeners.get(name) ?? []) listener(detail);
  }
}
