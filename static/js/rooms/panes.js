// The people panel beside the room: shown or hidden on wide screens, laid over the room on narrow ones.

import { byId } from "../core/dom.js";

const BESIDE = matchMedia("(min-width: 68.01rem)");

/** `back()` moves the focus to the message box. */
export function startPanes(keyboard, back) {
  const panel = byId("people");
  byId("people-toggle").addEventListener("click", () => { if (toggle(panel) && !BESIDE.matches) byId("people-close").focus(); });
  byId("here").addEventListener("click", () => { open(panel, true); byId("people-close").focus(); });
  byId("people-close").addEventListener("click", () => { open(panel, false); openers().find((node) => node.checkVisibility())?.focus(); });
  // Laid over the room it would cover what has the focus next.
  panel.addEventListener("focusout", ({ relatedTarget }) => {
    if (!BESIDE.matches && relatedTarget && !panel.contains(relatedTarget) && byId("main").contains(relatedTarget)) open(panel, false);
  });
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

function openers() { return [byId("here"), byId("people-toggle")]; }

/** Returns whether it is open now. */
function toggle(panel) {
  const shown = BESIDE.matches ? "closed" in panel.dataset : !("open" in panel.dataset);
  open(panel, shown);
  return shown;
}

function open(panel, shown) {
  panel.toggleAttribute("data-open", shown && !BESIDE.matches);
  panel.toggleAttribute("data-closed", !shown);
  byId("people-toggle").setAttribute("aria-expanded", String(shown));
  byId("here").setAttribute("aria-expanded", String(shown));
}
