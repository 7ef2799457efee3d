// What is being written, per person and room: a new message, what it replies to, and an edit in progress. Stored in the browser,
// so that a reload loses nothing; all tabs of a person show the same.

import { browserStorage } from "../storage/browser_storage.js";
import { Emitter } from "../core/emitter.js";

const NOTHING = { text: "", reply: null, edit: null };
const KEPT_OF_MINE = ["room", "seq", "epoch", "author", "text"];
// What others wrote is not stored: who logs out leaves nothing of what they read in the browser.
const KEPT_OF_OTHERS = ["room", "seq", "epoch"];

/**
 * {text, reply, edit}: `reply` is the message that is replied to, after a reload only its {room, seq, epoch}; `edit` {message, text}.
 * Emits `change` with a room's id after another tab changed its draft.
 */
export class Drafts extends Emitter {
  #kept = new Map();

  // If storage is full or forbidden, drafts live as long as the page.
  constructor(me, storage = browserStorage(), page = globalThis) {
    super();
    this.prefix = `draft ${me.id} `;
    this.storage = storage;
    page.addEventListener?.("storage", ({ key }) => this.#changed(key));
  }

  get(roomId) {
    if (!this.#kept.has(roomId)) this.#kept.set(roomId, parsed(this.storage.get(this.prefix + roomId)));
    return this.#kept.get(roomId);
  }

  /** Whether there is something to come back to. */
  has(roomId) {
    const { text, edit } = this.get(roomId);
    return text.trim() !== "" || Boolean(edit);
  }

  /** Change `text`, `reply` or `edit`. */
  set(roomId, change) {
    const now = { ...this.get(roomId), ...change };
    this.#kept.set(roomId, now);
    if (now.text || now.reply || now.edit) this.storage.set(this.prefix + roomId, JSON.stringify({ ...now, reply: kept(now.reply, KEPT_OF_OTHERS), edit: keptEdit(now.edit) }));
    else this.storage.remove(this.prefix + roomId);
  }

  /** A null key: another tab emptied the storage. */
  #changed(key) {
    if (key !== null && !key.startsWith(this.prefix)) return;
    const changed = key === null ? [...this.#kept.keys()] : [Number(key.slice(this.prefix.length))];
    for (const roomId of changed) {
      this.#kept.delete(roomId);
      this.emit("change", roomId);
    }
  }
}

/** What was stored before there were replies and edits in it is a text. */
function parsed(stored) {
  if (!stored) return NOTHING;
  try {
    const found = JSON.parse(stored);
    if (typeof found?.text === "string") return { ...NOTHING, ...found };
  } catch { /* no JSON */ }
  return { ...NOTHING, text: stored };
}

function kept(message, names) {
  return message && Object.fromEntries(names.map((name) => [name, message[name]]));
}

function keptEdit(edit) {
  return edit && { message: kept(edit.message, KEPT_OF_MINE), text: edit.text };
}
