// Whom I block: their messages are folded, and call me no more.

export class Blocks {
  #ids = new Set();

  has(id) { return this.#ids.has(id); }

  /** All of them, as `sync` tells them. */
  take(ids) { this.#ids = new Set(ids); }

  /** One more, or one less. */
  told({ user, blocked }) {
    if (blocked) this.#ids.add(user);
    else this.#ids.delete(user);
  }
}
