// The text of a message: rendered once per text, with mentions and code colours, and folded if it is long.

import { el } from "../../core/dom.js";
import { fullTime } from "../../core/format.js";
import { offerCopies } from "../../markdown/code/copy_code.js";
import { fold, isLong } from "../../markdown/fold.js";
import { linkMentions } from "../../markdown/mention_links.js";
import { linkRooms } from "../../markdown/room_links.js";
import { coverSpoilers } from "../../markdown/spoilers.js";
import { mentionsEveryone } from "../../store/named_people.js";
import { gettext } from "../../core/translate.js";

export class MessageBody {
  #text = null;
  #members = null;
  #everyone = false;
  #prose = null;
  #unfold = null;

  /** `actions`: {render(text), colour(prose), me, personBy(handle), person(person, button), roomBySlug(slug)} */
  constructor(actions) {
    this.actions = actions;
  }

  get text() { return this.#text; }

  /** The nodes to show; `members`: people who can be mentioned, a new array when that changed. */
  nodes(message, members) {
    const { text, edited_at } = message;
    const anew = this.#text !== text;
    if (anew) this.#render(text);
    const everyone = mentionsEveryone(message);
    if (anew || members !== this.#members || everyone !== this.#everyone) linkMentions(this.#prose, { ...this.actions, everyone });
    this.#members = members;
    this.#everyone = everyone;
    this.#prose.querySelector(".edited")?.remove();
    if (edited_at) this.#markEdited(edited_at);
    return [this.#prose, this.#unfold];
  }

  #render(text) {
    this.#text = text;
    this.#prose = el("div.prose", { dir: "auto" }, this.actions.render(text));
    this.#unfold = isLong(text) ? fold(this.#prose) : null;
    this.actions.colour(this.#prose);
    linkRooms(this.#prose, this.actions.roomBySlug);
    offerCopies(this.#prose);
    coverSpoilers(this.#prose);
  }

  #markEdited(editedAt) {
    const mark = el("span.edited", { title: gettext("Edited %(time)s", { time: fullTime(editedAt) }) }, gettext("edited"));
    (this.#prose.querySelector(":scope > p:last-child") ?? this.#prose).append(" ", mark);
  }
}
