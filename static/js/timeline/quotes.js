// Fetches what messages answer to where it is not at hand, so that the line above them can quote it.

export class Quotes {
  #wanted = [];       // [room, seq]
  #asking = false;

  /** `came()` is called when something can be quoted that could not before. */
  constructor(request, came) {
    this.request = request;
    this.came = came;
  }

  /** This one is wanted; asked for once as long as the room remembers it. */
  want(room, seq) {
    if (room.quoted.has(seq)) return;
    room.quoted.set(seq, null);
    this.#wanted.push([room, seq]);
    if (!this.#asking) this.#ask();
  }

  async #ask() {
    this.#asking = true;
    while (this.#wanted.length) {
      const [room, seq] = this.#wanted.pop();     // the last one is nearest to the eye
      const awaited = room.awaitPage();
      const answer = await this.request("history", { room: room.id, around: seq, limit: 1 }).catch(() => null);
      const [message] = room.settle(awaited, answer?.messages ?? []) ?? [];
      if (!answer) room.quoted.delete(seq);        // wanted again when the line is next drawn
      if (message?.seq !== seq) continue;
      room.quoted.set(seq, message);
      this.came();
    }
    this.#asking = false;
  }
}
