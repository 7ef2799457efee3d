// The people panel beside the room: shown or hidden on wide screens, laid over the room on narrow ones.

import { byId } from "../core/dom.js";

const BESIDE = matchMedia("(min-width: 68.01rem)");

/** `back()` moves the focus to the message box. */
export function startPanes(keyboard, back) {
  const panel = byId("people");
  byId("people-toggle").addEventListener("click", () => toggle(panel));
  byId("here").addEventListener("click", () => { open(panel, true); byId("people-close").focus(); });
  byId("people-close").addEventListener("click", () => { open(panel, false); byId("here").focus(); });
  keyboard.on("back", ({ target }) => {
    if (BESIDE.matches || !panel.contains(target)) return false;
    open(panel, false);
    back();
  });
  keyboard.on("people", ({ target }) => (panel.contains(target) ? goBack(panel, back) : goTo(panel)));
  BESIDE.addEventListener("change", () => open(panel, BESIDE.matches));
  open(panel, BESIDE.matches);
}

function goTo(panel) {
  open(panel, true);
  (panel.querySelector("[data-user-id]") ?? byId("people-close")).focus();
}

function goBack(panel, back) {
  if (!BESIDE.matches) open(panel, false);
  back();
}

function toggle(panel) {
  open(panel, BESIDE.matches ? "closed" in panel.dataset : !("open" in panel.dataset));
}

function open(panel, shown) {
  panel.toggleAttribute("data-open", shown && !BESIDE.matches);
  panel.toggleAttribute("data-closed", !shown);
  byId("people-toggle").setAttribute("aria-expanded", String(shown));
  byId("here").setAttribute("aria-expanded", String(shown));
}
