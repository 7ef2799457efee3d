// The people I block: their messages are folded and do not notify me.

export class Blocks {
  #ids = new Set();

  /** @param {number} id */
  has(id) { return this.#ids.has(id); }

  /** All of them, from `sync`. @param {number[]} ids */
  take(ids) { this.#ids = new Set(ids); }

  /** One more, or one fewer. @param {{user: number, blocked: boolean}} facts */
  told({ user, blocked }) {
    if (blocked) this.#ids.add(user);
    else this.#ids.delete(user);
  }
}
