// The line under the composer: the state of the connection, always visible.

import { el, fill, icon } from "../core/dom.js";
import { lineWords } from "./connection_texts.js";
import { everySecond } from "../core/ticks.js";

const MARKS = { live: null, waiting: "turn", lost: "off" };

export class ConnectionLine {
  #kind = null;
  #said = el("span");      // announce_state.js says what matters of it to screen readers
  #counted = el("span", { "aria-hidden": "true" });

  /** `facts()` returns the arguments of lineWords. */
  constructor(node, facts) {
    this.node = node;
    this.facts = facts;
    everySecond(() => this.render());
    this.render();
  }

  render() {
    const { kind, words, countdown } = lineWords({ ...this.facts(), now: Date.now() });
    if (this.#said.textContent !== words) this.#said.textContent = words;
    if (this.#counted.textContent !== countdown) this.#counted.textContent = countdown;
    if (kind === this.#kind) return;
    this.#kind = kind;
    this.node.className = `line line--${kind}`;
    this.node.dataset.kind = kind;
    fill(this.node, MARKS[kind] && mark(MARKS[kind]), el("span", {}, this.#said, this.#counted));
  }
}

function mark(name) {
  const drawn = icon(name);
  if (name === "turn") drawn.classList.add("spin");
  return drawn;
}
