// The tab's title and icon: the number counts what is for me, the dot says that something is new, in saffron if it is for me.

import { badge } from "../core/format.js";

export class TabMark {
  #name = document.title;
  #calls = 0;

  /** `icon`: the page's <link rel=icon>, with the addresses of the other icons in data-news and data-calls. */
  constructor(icon) {
    this.icon = icon;
    this.plain = icon.href;
  }

  /** Set the title without the number. */
  name(words) {
    this.#name = words;
    this.#draw();
  }

  show({ calls, unread }) {
    this.#calls = calls;
    this.#draw();
    const drawing = calls ? this.icon.dataset.calls : unread ? this.icon.dataset.news : this.plain;
    if (this.icon.getAttribute("href") !== drawing) this.icon.setAttribute("href", drawing);
  }

  #draw() {
    const title = tabTitle(this.#name, this.#calls);
    if (document.title !== title) document.title = title;
  }
}

/** Pure. */
export function tabTitle(name, calls) {
  return calls ? `(${badge(calls)}) ${name}` : name;
}
