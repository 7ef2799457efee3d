// Opens and closes dialogs and popovers: data-opens names the one to open, data-closes closes the one around it.

import { isForInputMethod } from "../core/input_method.js";
import { keepFocus } from "../core/focus/keep_focus.js";
import { closeModal, showModal } from "./show_modal.js";

const NARROW = matchMedia("(max-width: 45rem)");
const openers = new WeakMap();     // popover → what it was opened by, and lies beside

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
  document.addEventListener("close", () => setTimeout(() => keepFocus()), { capture: true });     // nor does this
  document.addEventListener("toggle", showExpanded, { capture: true });
  document.addEventListener("focusout", closeOnLeaving);
  document.addEventListener("keydown", closeOnTab);
  for (const opener of document.querySelectorAll("[data-opens][aria-haspopup]")) opener.setAttribute("aria-expanded", "false");
}

export function openDialog(dialog) {
  dialog.dispatchEvent(new CustomEvent("opening"));
  showModal(dialog);
}

/** `first` gets the focus. */
export function openPopover(popover, anchor, first = popover.querySelector("input:checked, a, button:not([hidden])")) {
  openers.set(popover, anchor);
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

/** What opens a popover says whether it is open. */
function showExpanded({ target, newState }) {
  const opener = target.matches?.("[popover]") ? openers.get(target) : null;
  if (opener?.hasAttribute?.("aria-haspopup")) opener.setAttribute("aria-expanded", String(newState === "open"));
}

/** A popover that the focus has left would lie over what has it now. */
function closeOnLeaving({ target, relatedTarget }) {
  const layer = target.closest?.("[popover]");
  if (relatedTarget && layer && !layer.contains(relatedTarget) && layer.matches(":popover-open")) layer.hidePopover();
}

/** Tab ends a menu, and leads from the last element of another popover back to what opened it. */
function closeOnTab(event) {
  const layer = event.target.closest?.("[popover]");
  if (event.key !== "Tab" || event.defaultPrevented || isForInputMethod(event) || !layer) return;
  if (event.target.closest("[role=menu]")) {
    event.preventDefault();
    layer.hidePopover();
    return;
  }
  setTimeout(() => {
    if (!layer.matches(":popover-open") || document.activeElement !== document.body || !document.hasFocus()) return;
    layer.hidePopover();
    openers.get(layer)?.focus?.({ preventScroll: true });
  });
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
