// Covers spoilers until they are uncovered by a click, Enter or Space.

import { isForInputMethod } from "../core/input_method.js";
import { gettext } from "../core/translate.js";

/** Cover every spoiler in `prose`; a link in one works only after it is uncovered. */
export function coverSpoilers(prose) {
  for (const node of prose.querySelectorAll("span.spoiler")) cover(node);
}

function cover(node) {
  const attributes = { role: "button", tabindex: "0", title: gettext("Show spoiler"), "aria-label": gettext("Spoiler") };
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  const uncover = (event) => {
    if (!node.hasAttribute("role") || (event.type === "keydown" && (isForInputMethod(event) || !["Enter", " "].includes(event.key)))) return;
    event.preventDefault();
    event.stopPropagation();
    for (const name of Object.keys(attributes)) node.removeAttribute(name);
  };
  for (const type of ["click", "keydown"]) node.addEventListener(type, uncover, { capture: true });
}
