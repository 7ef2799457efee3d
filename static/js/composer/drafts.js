// Unsent texts, per person and room; stored in the browser, so that a reload loses nothing.

export class Drafts {
  #kept = new Map();

  constructor(me, storage = browserStorage()) {
    this.prefix = `draft ${me.id} `;
    this.storage = storage;
  }

  get(roomId) {
    if (!this.#kept.has(roomId)) this.#kept.set(roomId, this.storage.get(this.prefix + roomId) ?? "");
    return this.#kept.get(roomId);
  }

  has(roomId) { return this.get(roomId).trim() !== ""; }

  set(roomId, text) {
    this.#kept.set(roomId, text);
    if (text) this.storage.set(this.prefix + roomId, text);
    else this.storage.remove(this.prefix + roomId);
  }
}

// If storage is full or forbidden, drafts live as long as the page.
function browserStorage() {
  const attempt = (action) => { try { return action(); } catch { return null; } };
  return {
    get: (key) => attempt(() => localStorage.getItem(key)),
    set: (key, text) => attempt(() => localStorage.setItem(key, text)),
    remove: (key) => attempt(() => localStorage.removeItem(key)),
  };
}
