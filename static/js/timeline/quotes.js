// Fetches messages that are replied to and not loaded, so that the line above a reply can quote them.

export class Quotes {
  #wanted = [];       // [room, seq]
  #asking = false;

  /** `came()` is called when a quoted message was loaded. */
  constructor(request, came) {
    this.request = request;
    this.came = came;
  }

  /** Request a message, once as long as the room caches it. */
  want(room, seq) {
    if (room.quoted.has(seq)) return;
    room.quoted.set(seq, null);
    this.#wanted.push([room, seq]);
    if (!this.#asking) this.#ask();
  }

  async #ask() {
    this.#asking = true;
    while (this.#wanted.length) {
      const [room, seq] = this.#wanted.pop();     // the last one is nearest to the visible rows
      const awaited = room.expectPage();
      const answer = await this.request("history", { room: room.id, around: seq, limit: 1 }).catch(() => null);
      const [message] = room.applyPage(awaited, answer?.messages ?? []) ?? [];
      if (!answer) room.quoted.delete(seq);        // requested again when the line is next drawn
      if (message?.seq !== seq) continue;
      room.quoted.set(seq, message);
      this.came();
    }
    this.#asking = false;
  }
}
