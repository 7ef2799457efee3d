// The people I block: their messages are folded and do not notify me.

export class Blocks {
  #ids = new Set();

  has(id) { return this.#ids.has(id); }

  /** All of them, from `sync`. */
  take(ids) { this.#ids = new Set(ids); }

  /** One more, or one fewer. */
  told({ user, blocked }) {
    if (blocked) this.#ids.add(user);
    else this.#ids.delete(user);
  }
}
