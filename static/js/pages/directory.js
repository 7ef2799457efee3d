// The room directory: search, filter, preview and join. The server renders the rows, a page at a time.

import { announce } from "../core/announce.js";
import { askRoom } from "../core/api.js";
import { byId, el, face, fill, valuesOf } from "../core/dom.js";
import { onReturn } from "../core/on_return.js";
import { toast } from "../core/toast.js";
import { ago, fullTime } from "../core/format.js";
import { oneLine } from "../markdown/one_line.js";
import { everySecond } from "../core/ticks.js";
import { gettext, ngettext } from "../core/translate.js";

const KEEP_TIMES = 30;     // seconds between two updates of the times
const LONGEST_LINE = 140;
const TYPING_ENDS = 250;   // ms without a key until the server is asked
const CHANGES = ["found", "count-all", "count-new", "count-archived"];

/** `join(roomId)` asks the server; the row's link then leads into the room. `load(path, signal)` gets a page as a document. */
export function startDirectory(join, load = loadDocument) {
  const filters = byId("filters");
  const find = finder(filters, load);
  let timer = null;
  const findAfter = (milliseconds) => { clearTimeout(timer); timer = setTimeout(find, milliseconds); };
  filters.addEventListener("input", (event) => findAfter(event.target.type === "radio" ? 0 : TYPING_ENDS));
  filters.addEventListener("submit", (event) => { event.preventDefault(); findAfter(0); });
  byId("main").addEventListener("click", (event) => {
    const button = event.target.closest("[data-join]");
    if (button) press(button, join);
    const look = event.target.closest("[data-look]");
    if (look) lookInto(look);
  });
  tellTimes();
  let seconds = 0;
  everySecond(() => { if (++seconds % KEEP_TIMES === 0) tellTimes(); });
}

function finder(filters, load) {
  let asking = null;
  return async () => {
    asking?.abort();
    const mine = asking = new AbortController();
    const path = `${location.pathname}?${new URLSearchParams(valuesOf(filters))}`;
    try {
      const page = await load(path, mine.signal);
      if (mine.signal.aborted) return;
      for (const id of CHANGES) byId(id).replaceWith(document.adoptNode(page.getElementById(id)));
      history.replaceState(null, "", path);
      tellTimes();
      sayFound();
    } catch (error) {
      if (mine.signal.aborted) return;
      onReturn(filters, () => byId("filters").requestSubmit());
      toast(error.message);
    }
  };
}

// The browser reads the server's own page as it reads this one, but runs no script of it: no text becomes markup here.
function loadDocument(path, signal) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    const fail = () => reject(new Error(gettext("The search failed. Check your connection.")));
    request.open("GET", path);
    request.responseType = "document";
    request.onload = () => (request.response?.getElementById("found") ? resolve(request.response) : fail());
    request.onerror = fail;
    signal.addEventListener("abort", () => request.abort());
    request.send();
  });
}

/** The list changes behind the box that one types into. */
function sayFound() {
  const count = byId("found").querySelectorAll("h2").length;
  const nothing = byId("found").textContent.trim().replace(/\s+/gu, " ");
  announce(byId("directory") ? ngettext("%(count)s room found", "%(count)s rooms found", count) : nothing);
}

function tellTimes() {
  for (const node of byId("found").querySelectorAll("time[data-ago]")) {
    const time = Number(node.dataset.ago);
    const words = gettext("last message %(ago)s", { ago: ago(time, Date.now()) });
    node.textContent = ` · ${words}`;
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
  if (!button.dataset.look) return panel.querySelector(".input").focus();     // a private room: there is a form, and nothing to preview
  await fillPreview(panel.querySelector("[data-inside]"), button.dataset.look);
}

async function fillPreview(inside, slug) {
  const found = await askRoom({ slug }, "preview/").catch(() => null);
  if (!found) onReturn(inside, () => fillPreview(inside, slug));
  fill(inside, found ? preview(found) : el("p", {}, gettext("That could not be loaded. Check your connection.")));
}

function preview({ people, count, lines }) {
  const faces = people.map((person) => el("li", { title: `@${person.handle}` }, face(person, { small: true }), el("bdi", {}, person.name)));
  const rest = count - people.length;
  return [
    el("ul.look__people", { "aria-label": gettext("Members") }, faces, rest > 0 && el("li", {}, ngettext("and %(count)s other", "and %(count)s others", rest))),
    lines?.length ? el("ul.look__lines", { "aria-label": gettext("Newest messages") }, lines.map(line)) : el("p", {}, lines ? gettext("No messages yet.") : gettext("The latest messages could not be loaded.")),
  ];
}

function line({ author, text, sent_at }) {
  return el("li", {}, el("b", {}, el("bdi", {}, author.name)), " ", el("span", { dir: "auto" }, oneLine(text, LONGEST_LINE)), " ", el("time", { dateTime: new Date(sent_at).toISOString(), title: fullTime(sent_at) }, ago(sent_at, Date.now())));
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
