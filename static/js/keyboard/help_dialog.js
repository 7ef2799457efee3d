// The help: the table of keys, the Markdown that the formatting menu inserts, and the switch for single-letter keys.

import { byId, el, fill } from "../core/dom.js";
import { enterSends } from "../core/enter_key.js";
import { formatted } from "../markdown/marks.js";
import { keyWords } from "./key_match.js";
import { TABLE } from "./key_table.js";
import { gettext } from "../core/translate.js";

const MARKS = { bold: gettext("bold"), italic: gettext("italic"), code: gettext("code"), block: gettext("more code"), quote: gettext("quoted"), list: gettext("one of several"), link: gettext("words") };

export class HelpDialog {
  constructor(preferences) {
    this.dialog = byId("help");
    const letters = byId("help-letters");
    const show = () => { letters.checked = preferences.now.letters; };
    this.dialog.addEventListener("opening", () => {
      show();
      const sends = enterSends(preferences.now);
      fill(byId("help-keys"), ...TABLE.map(([title, rows]) => keysOf(title, rows, sends)), marks());
    });
    letters.addEventListener("change", () => preferences.set({ letters: letters.checked }));
    preferences.on("change", show);
  }
}

function keysOf(title, rows, sends) {
  return group(title, rows.map(([words, keys]) => [words, namesFor(Object.keys(keys), sends).map((name) => el("span", {}, keyWords(name).map((key) => el("kbd", {}, key))))]));
}

/** Where Enter does not send, it is a key for a new line. */
function namesFor(names, sends) {
  if (sends) return names;
  return names.includes("newLine") ? ["send", ...names] : names.filter((name) => name !== "send");
}

function marks() {
  const section = group("Markdown", Object.entries(MARKS).map(([kind, words]) => [titleOf(kind), el("code", {}, formatted(words, 0, words.length, kind).text)]));
  section.className = "keys__marks";
  return section;
}

/** Its label in the formatting menu. */
function titleOf(kind) {
  return byId("format-menu").querySelector(`[data-format=${kind}]`).firstChild.textContent.trim();
}

function group(title, rows) {
  return el("section", {}, el("h3", {}, title), el("dl", {}, rows.map(([words, keys]) => el("div", {}, el("dt", {}, words), el("dd", {}, keys)))));
}
