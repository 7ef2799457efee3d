// "Join requests" at the side, while somebody waits.

import { byId, el, fill, hiddenWords } from "../dom.js";
import { badge } from "../format.js";
import { gettext } from "../translate.js";

export function followRequests(requests, open) {
  byId("join-requests-link").addEventListener("click", () => open());
  requests.on("change", () => {
    const { length } = requests.waiting;
    byId("join-requests-item").hidden = !length;
    fill(byId("join-requests-count"), length
      ? [el("span.count.count--badge", { "aria-hidden": "true" }, badge(length)), hiddenWords(gettext(", %(count)s waiting", { count: length }))] : null);
  });
}
