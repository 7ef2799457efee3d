// gettext("Show original"): what a deleted message said, for whoever may restore it, on a press.

import { askRoom } from "../core/api.js";
import { el } from "../core/dom.js";
import { mayRestore, moderates } from "../store/policy.js";
import { gettext } from "../core/translate.js";

const TRIES = 4;
const BETWEEN_MS = 700;

/** {button, words}: the place for the words is empty until the button is pressed. Null for everyone else. */
export function deletedText(room, message, me) {
  if (!room || !message.seq || !mayRestore(message, moderates(room, me), me)) return null;
  const words = el("p.deleted-text", { dir: "auto", role: "status" });
  const button = el("button.link", { type: "button", "data-key": "show", "aria-expanded": "false" }, gettext("Show original"));
  button.addEventListener("click", () => toggle(room, message, button, words));
  return { button, words };
}

async function toggle(room, { seq }, button, words) {
  const shown = button.getAttribute("aria-expanded") === "true";
  words.textContent = shown ? "" : await fetchText(room, seq);
  button.setAttribute("aria-expanded", String(!shown));
  button.textContent = shown ? gettext("Show original") : gettext("Hide");
}

/** GET /rooms/<slug>/<seq>/deleted/ */
function fetchText(room, seq) {
  return archived(() => askRoom(room, `${seq}/deleted/`)).then(
    ({ text }) => text,
    () => gettext("It has not reached the archive yet. Try again in a moment."),
  );
}

/** What the archive answers. It is a second behind: whoever deletes a message and looks at once is not sent away. */
export async function archived(ask, pause = () => new Promise((resolve) => { setTimeout(resolve, BETWEEN_MS); })) {
  for (let left = TRIES - 1; left > 0; left -= 1) {
    try {
      return await ask();
    } catch {
      await pause();
    }
  }
  return ask();
}
