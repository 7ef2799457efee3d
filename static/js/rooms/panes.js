// The people panel beside the room: shown or hidden where there is room for it, laid over it where there is not.

import { byId } from "../dom.js";

const BESIDE = matchMedia("(min-width: 68.01rem)");

export function startPanes() {
  const panel = byId("people");
  byId("people-toggle").addEventListener("click", () => toggle(panel));
  byId("here").addEventListener("click", () => { open(panel, true); byId("people-close").focus(); });
  byId("people-close").addEventListener("click", () => { open(panel, false); byId("here").focus(); });
  panel.addEventListener("keydown", (event) => { if (event.key === "Escape" && !BESIDE.matches) open(panel, false); });
  BESIDE.addEventListener("change", () => open(panel, BESIDE.matches));
  open(panel, BESIDE.matches);
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
