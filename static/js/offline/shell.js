// The page that stands for any other while there is no connection: the worker brings it, and what was read fills it.

import { byId } from "../core/dom.js";
import { parse } from "../core/address.js";
import { LastRead } from "./last_read.js";
import { keptPage } from "./keep_last_read.js";

/** What the shell shows; null where nothing is kept, which it then says. */
export async function pageOfShell() {
  const page = keptPage(await new LastRead().load());
  if (page) {
    nameMe(page.me);
    // Other pages of the chat cannot be had now, but the rooms can.
    if (parse(location.pathname).slug === undefined) history.replaceState(null, "", "/");
  }
  else {
    /** @type {HTMLElement} */ (document.querySelector(".app")).hidden = true;
    byId("nothing-kept").hidden = false;
  }
  return page;
}

/** Every other page comes with it. */
function nameMe({ name }) {
  for (const node of document.querySelectorAll(".me__name bdi, #you-title + p bdi")) node.textContent = name;
}
