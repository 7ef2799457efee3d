// Shows the original of a deleted message to people who can restore it.

import { askRoom } from "../core/api.js";
import { el } from "../core/dom.js";
import { mayRestore, moderates } from "../store/policy.js";
import { gettext } from "../core/translate.js";

const TRIES = 4;
const BETWEEN_MS = 700;

/** {button, words}: `words` is empty until the button is pressed. Null for people who cannot restore it. */
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
    () => gettext("It has not been archived yet. Try again in a moment."),
  );
}

/** The archive's answer. It is about a second late, so the request is repeated for a while. */
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
