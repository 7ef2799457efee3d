// Where the focus goes when what had it is gone: nobody should have to start at the top of the page again.

import { OPEN_DIALOG } from "../dom.js";

const PLACES = ["#write", "#composer-closed", "#main h1"];

/** `before`: what had the focus first. Leaves alone a focus that is somewhere, and an open dialog. @param {any} [before] */
export function keepFocus(before = null) {
  if (document.activeElement !== document.body || document.querySelector(OPEN_DIALOG)) return;
  const place = [before, ...PLACES.map((css) => document.querySelector(css))].find((node) => node?.isConnected && node.checkVisibility());
  if (place?.localName === "h1") place.tabIndex = -1;
  place?.focus({ preventScroll: true });
}
