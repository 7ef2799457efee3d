// The directory: find, filter, look inside, and join in one press. The rows are the server's own.

import { askRoom } from "../core/api.js";
import { byId, el, face, fill } from "../core/dom.js";
import { toast } from "../core/toast.js";
import { ago, fullTime } from "../core/format.js";
import { oneLine } from "../markdown/one_line.js";
import { fold } from "../core/fuzzy.js";
import { everySecond } from "../core/ticks.js";
import { gettext, ngettext } from "../core/translate.js";

const KEEP_TIMES = 30;     // seconds between two looks at the clock
const LONGEST_LINE = 140;

/** `join(roomId)` asks the server; the row's link then leads into the room. */
export function startDirectory(join) {
  const filters = byId("filters");
  filters.addEventListener("input", apply);
  filters.addEventListener("submit", (event) => event.preventDefault());
  byId("directory").addEventListener("click", (event) => {
    const button = event.target.closest("[data-join]");
    if (button) press(button, join);
    const look = event.target.closest("[data-look]");
    if (look) lookInto(look);
  });
  byId("find-room").value = new URLSearchParams(location.search).get("q") ?? "";
  apply();
  tellTimes();
  let seconds = 0;
  everySecond(() => { if (++seconds % KEEP_TIMES === 0) tellTimes(); });
}

function tellTimes() {
  for (const node of byId("directory").querySelectorAll("time[data-ago]")) {
    const time = Number(node.dataset.ago);
    node.textContent = `, ${ago(time, Date.now())}`;
    node.dateTime = new Date(time).toISOString();
    node.title = fullTime(time);
  }
}

async function lookInto(button) {
  const open = button.getAttribute("aria-expanded") !== "true";
  button.setAttribute("aria-expanded", String(open));
  const panel = byId(button.getAttribute("aria-controls"));
  panel.hidden = !open;
  if (!open) return;
  if (!button.dataset.look) return panel.querySelector(".input").focus();     // a door: one asks, there is nothing to see
  const inside = panel.querySelector("[data-inside]");
  const found = await askRoom({ slug: button.dataset.look }, "preview/").catch(() => null);
  fill(inside, found ? preview(found) : el("p", {}, gettext("That could not be fetched. Check the connection.")));
}

function preview({ people, count, lines }) {
  const faces = people.map((person) => el("li", { title: `@${person.handle}` }, face(person, { small: true }), el("bdi", {}, person.name)));
  const rest = count - people.length;
  return [
    el("ul.look__people", { "aria-label": gettext("Members") }, faces, rest > 0 && el("li", {}, ngettext("and %(count)s other", "and %(count)s others", rest))),
    lines?.length ? el("ul.look__lines", { "aria-label": gettext("Newest messages") }, lines.map(line)) : el("p", {}, lines ? gettext("Nothing has been said here yet.") : gettext("What was said last is not to be had just now.")),
  ];
}

function line({ author, text, sent_at }) {
  return el("li", {}, el("b", {}, el("bdi", {}, author.name)), " ", el("span", { dir: "auto" }, oneLine(text, LONGEST_LINE)), " ", el("time", { dateTime: new Date(sent_at).toISOString(), title: fullTime(sent_at) }, ago(sent_at, Date.now())));
}

/** Pure: whether a row is shown. `row`: {text, state, joined}. */
export function matches(row, words, show) {
  const archived = row.state === "archived";
  if (show === "archived" ? !archived : archived) return false;
  if (show === "new" && row.joined) return false;
  return fold(words).split(/\s+/).every((word) => fold(row.text).includes(word));
}

function apply() {
  const words = byId("find-room").value;
  const show = new FormData(byId("filters")).get("show");
  let shown = 0;
  for (const row of byId("directory").children) {
    const facts = { text: row.querySelector(".list__main").textContent, state: row.dataset.state, joined: row.dataset.joined === "yes" };
    row.hidden = !matches(facts, words, show);
    shown += row.hidden ? 0 : 1;
  }
  byId("directory").hidden = shown === 0;
  byId("nothing").hidden = shown > 0;
  byId("nothing-words").textContent = words.trim() ? gettext("No room has “%(words)s” in its name or topic.", { words: words.trim() }) : gettext("There is no such room yet.");
}

async function press(button, join) {
  button.disabled = true;
  try {
    await join(Number(button.dataset.join));
    location.assign(button.closest("li").querySelector("h2 a").href);
  } catch (error) {
    button.disabled = false;
    toast(error.message);
  }
}
