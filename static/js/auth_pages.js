// The pages for login and signup work without this script; with it a password can be shown and a handle is checked while
// typing. A visitor without a session has left the chat or is not in it yet, so whatever this browser stored for reading
// offline is deleted.

import { byId } from "./core/dom.js";
import { shortTime } from "./core/format.js";
import { keepPassword } from "./auth/keep_password.js";
import { suggestHandle } from "./auth/suggest_handle.js";
import { LastRead } from "./offline/last_read.js";

const CHECK_AFTER_MS = 400;

/** @param {HTMLElement} button */
function showPassword(button) {
  const input = byId(button.dataset.shows);
  button.hidden = false;
  button.addEventListener("click", () => {
    const shown = input.type === "text";
    input.type = shown ? "password" : "text";
    button.setAttribute("aria-pressed", String(!shown));
    input.focus();
  });
  // Sent as a password again, so that browsers offer to save it and do not remember it as text.
  input.form.addEventListener("submit", () => { input.type = "password"; });
}

/** @param {HTMLElement} hint */
function checkHandle(hint) {
  const input = hint.parentElement.querySelector("input");
  const first = hint.textContent;
  let timer = 0;
  let typed = 0;
  input.addEventListener("input", () => {
    clearTimeout(timer);
    const turn = ++typed;
    say(hint, first);
    if (input.value) timer = setTimeout(async () => {
      const answer = await askForHandle(hint.dataset.checks, input);
      if (turn === typed && answer) say(hint, answer.message, answer.free);
    }, CHECK_AFTER_MS);
  });
}

async function askForHandle(url, input) {
  const body = new FormData();
  body.set("username", input.value);
  body.set("csrfmiddlewaretoken", input.form.elements.csrfmiddlewaretoken.value);
  try {
    const response = await fetch(url, { method: "POST", body });
    return response.ok ? await response.json() : null;
  } catch {
    return null;   // Not reached: the server checks again when the form is sent.
  }
}

function say(hint, text, free) {
  hint.textContent = text;
  if (free === undefined) delete hint.dataset.free;
  else hint.dataset.free = String(free);
}

if (document.querySelector("[data-stranger]")) {
  new LastRead().forget();
  try { sessionStorage.removeItem("notice"); } catch { /* nothing is stored then */ }      // why somebody was removed: status/banner.js
}
start(document);

/** Start what is in the page, or in the part of it that came with the mistakes. @param {ParentNode} part */
function start(part) {
  for (const time of part.querySelectorAll("time[data-local]")) time.textContent = shortTime(Date.parse(time.getAttribute("datetime")));
  part.querySelectorAll("[data-shows]").forEach(showPassword);
  part.querySelectorAll("[data-checks]").forEach(checkHandle);
  part.querySelectorAll("[data-names]").forEach((box) => suggestHandle(/** @type {HTMLInputElement} */ (box)));
  part.querySelectorAll("[data-keeps]").forEach((form) => keepPassword(/** @type {HTMLFormElement} */ (form), start));
  /** @type {HTMLElement} */ (part.querySelector("[aria-invalid='true']"))?.focus();
}
