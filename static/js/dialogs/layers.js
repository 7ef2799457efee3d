// Opens and closes dialogs and popovers: data-opens names the one to open, data-closes closes the one around it.

import { OPEN_DIALOG } from "../core/dom.js";
import { closeModal, showModal } from "./show_modal.js";

const NARROW = matchMedia("(max-width: 45rem)");

export function startLayers() {
  document.addEventListener("click", (event) => {
    const opener = event.target.closest("[data-opens]");
    if (opener) open(document.getElementById(opener.dataset.opens), opener);
    const closed = event.target.closest("[data-closes]")?.closest("dialog");
    if (closed) closeModal(closed);
    if (event.target.closest("[role=menuitem]")) event.target.closest("[popover]")?.hidePopover();
  });
  document.addEventListener("click", (event) => {
    if (event.target.localName === "dialog") closeModal(event.target);   // the backdrop is part of the dialog's box
  });
  document.addEventListener("cancel", closeByKey, { capture: true });     // it does not bubble
  document.addEventListener("close", () => setTimeout(keepFocus), { capture: true });     // nor does this
}

export function openDialog(dialog) {
  dialog.dispatchEvent(new CustomEvent("opening"));
  showModal(dialog);
}

/** `first` gets the focus. */
export function openPopover(popover, anchor, first = popover.querySelector("input:checked, a, button:not([hidden])")) {
  popover.showPopover();
  if (NARROW.matches) clearPlace(popover);
  else place(popover, anchor);
  first?.focus({ preventScroll: true });
}

/** Esc, or a phone's back gesture. The browser can close the dialog by itself on a second request. */
function closeByKey(event) {
  if (event.target.localName !== "dialog" || !event.cancelable) return;
  event.preventDefault();
  closeModal(event.target);
}

function open(layer, opener) {
  if (!layer) return;
  if (layer.localName === "dialog") openDialog(layer);
  else if (!layer.matches(":popover-open")) openPopover(layer, opener);
}

/** If the element that had the focus is gone when a dialog closes, the focus goes to the message box or the heading. */
function keepFocus() {
  if (document.activeElement !== document.body || document.querySelector(OPEN_DIALOG)) return;
  const place = ["#write", "#main h1"].map((css) => /** @type {HTMLElement} */ (document.querySelector(css))).find((node) => node?.checkVisibility());
  if (place?.localName === "h1") place.tabIndex = -1;
  place?.focus({ preventScroll: true });
}

function place(popover, anchor) {
  const at = anchor.getBoundingClientRect();
  const { width, height } = popover.getBoundingClientRect();
  const below = at.bottom + 6 + height < innerHeight - 8;
  const top = below ? at.bottom + 6 : Math.max(8, at.top - 6 - height);
  const left = Math.min(Math.max(8, at.left), innerWidth - width - 8);
  popover.style.setProperty("left", `${left}px`);
  popover.style.setProperty("top", `${top}px`);
}

function clearPlace(popover) {
  popover.style.removeProperty("left");
  popover.style.removeProperty("top");
}
