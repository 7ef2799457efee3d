// All emoji by their usual names, such as "tada". Fetched on first use.

import { OFFERED } from "./pictures.js";
import { gettext } from "../core/translate.js";

const NAMES = new URL("../../vendor/emoji-names.json", import.meta.url);

export class EmojiNames {
  #all = null;           // [{emoji, names: ["+1", "thumbsup"], words: "thumbs up"}] in the usual order
  #byName = new Map();
  #loading = null;

  /** `load()` returns the names: an object of name → emoji. */
  constructor(load = fetchNames) {
    this.load = load;
  }

  /** Load the names; resolves with whether they are there. */
  async ready() {
    this.#loading ??= this.load().then((names) => this.#learn(names));
    return this.#loading.then(() => true, () => { this.#loading = null; return false; });
  }

  get loaded() { return this.#all !== null; }

  /** The emoji of a name; null if there is none, or nothing is loaded yet. */
  named(name) { return this.#byName.get(name) ?? null; }

  /** [{emoji, names}], the best matches first; nothing before it is loaded. */
  find(words, atMost) { return findEmoji(this.#all ?? [], words, atMost); }

  /** [[title, [{emoji, names}]]] */
  get groups() { return grouped(this.#all ?? []); }

  #learn(names) {
    const byEmoji = new Map();
    for (const [name, emoji] of Object.entries(names)) {
      this.#byName.set(name, emoji);
      if (byEmoji.has(emoji)) byEmoji.get(emoji).names.push(name);
      else byEmoji.set(emoji, { emoji, names: [name], words: OFFERED.get(emoji) ?? "" });
    }
    for (const [emoji, words] of OFFERED) this.#byName.set(words.replaceAll(" ", "_"), emoji);
    this.#all = [...byEmoji.values()];
  }
}

async function fetchNames() {
  const answer = await fetch(NAMES);
  if (!answer.ok) throw new Error(`the names of emoji: ${answer.status}`);
  return answer.json();
}

/** Pure. Exact names first, then prefixes, then later words; each in the usual order. */
export function findEmoji(all, words, atMost) {
  const wanted = words.toLowerCase().trim().replace(/[\s_]+/gu, "_");
  if (!wanted) return [];
  const ranked = all.map((entry, order) => ({ entry, order, rank: rankOf(entry, wanted) })).filter(({ rank }) => rank < Infinity);
  ranked.sort((one, other) => one.rank - other.rank || one.order - other.order);
  return ranked.slice(0, atMost).map(({ entry }) => entry);
}

function rankOf({ names, words }, wanted) {
  const spoken = words.replace(/\s+/gu, "_");
  return Math.min(...[...names, spoken].map((name) => {
    if (name === wanted) return 0;
    if (name.startsWith(wanted)) return 1;
    return name.includes(`_${wanted}`) ? 2 : Infinity;
  }));
}

// The list has no groups, but is ordered by them; each begins with a known emoji.
const FIRSTS = [
  [gettext("Smileys"), "grinning"], [gettext("People"), "wave"], [gettext("Nature"), "monkey_face"], [gettext("Food"), "grapes"], [gettext("Places"), "earth_africa"],
  [gettext("Activities"), "jack_o_lantern"], [gettext("Objects"), "eyeglasses"], [gettext("Signs"), "atm"], [gettext("Flags"), "checkered_flag"],
];

function grouped(all) {
  const starts = FIRSTS.map(([title, name]) => [title, all.findIndex(({ names }) => names.includes(name))]).filter(([, at]) => at >= 0);
  return starts.map(([title, at], index) => [title, all.slice(at, starts[index + 1]?.[1])]);
}
