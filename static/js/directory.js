// The directory: find, filter, and join in one press. The rows are the server's own.

import { byId } from "./dom.js";
import { toast } from "./dialogs/toast.js";

/** `join(roomId)` asks the server; the row's link then leads into the room. */
export function startDirectory(join) {
  const filters = byId("filters");
  filters.addEventListener("input", apply);
  filters.addEventListener("submit", (event) => event.preventDefault());
  byId("directory").addEventListener("click", (event) => {
    const button = event.target.closest("[data-join]");
    if (button) press(button, join);
  });
  apply();
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
  byId("nothing-words").textContent = words.trim() ? `No room has “${words.trim()}” in its name or topic.` : "There is no such room yet.";
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

// Letters with and without their marks are found alike.
function fold(text) {
  return text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().trim();
}
