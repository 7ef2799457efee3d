// "Reports" at the side, for whom there is something: how many are open, and as a badge what was answered to me.

import { byId, el, fill, hiddenWords } from "../dom.js";
import { badge } from "../format.js";
import { gettext } from "../translate.js";

export function followReports(reports, open) {
  byId("reports-link").addEventListener("click", () => open());
  const draw = () => {
    byId("reports-item").hidden = !reports.concernMe;
    const { unread, waiting } = reports;
    byId("reports-link").classList.toggle("room-link--unread", unread + waiting > 0);
    fill(byId("reports-count"), count(unread, waiting));
  };
  reports.on("change", draw);
  reports.rooms.on("list", draw);
  draw();
}

function count(unread, waiting) {
  if (!unread && !waiting) return null;
  return [
    el(unread ? "span.count.count--badge" : "span.count", { "aria-hidden": "true" }, badge(unread || waiting)),
    hiddenWords(reportWords(unread, waiting)),
  ];
}

/** ", 3 open, 1 answered". Pure. */
export function reportWords(unread, waiting) {
  return [waiting && gettext("%(count)s open", { count: waiting }), unread && gettext("%(count)s answered", { count: unread })]
    .filter(Boolean).map((words) => `, ${words}`).join("");
}
