// The page that replaces any other without a connection: the worker serves it, and the stored rooms fill it.

import { byId } from "../core/dom.js";
import { parse } from "../core/address.js";
import { LastRead } from "./last_read.js";
import { keptPage } from "./keep_last_read.js";

/** The page to show; null if nothing is stored, which the shell then says. */
export async function pageOfShell() {
  const page = keptPage(await new LastRead().load());
  if (page) {
    nameMe(page.me);
    // Other pages are not available offline, but the rooms are.
    if (parse(location.pathname).slug === undefined) history.replaceState(null, "", "/");
  }
  else {
    /** @type {HTMLElement} */ (document.querySelector(".app")).hidden = true;
    byId("nothing-kept").hidden = false;
  }
  return page;
}

/** Other pages come with the name in their HTML. @param {Person} me */
function nameMe({ name }) {
  for (const node of document.querySelectorAll(".me__name bdi, #you-title + p bdi")) node.textContent = name;
}
