// Entries of the sidebar: "Reports", if there is something to show, and "Join requests", while there are any.

import { byId, countOf, fill } from "../core/dom.js";
import { gettext } from "../core/translate.js";

/** The number of open reports, and a badge for answers to mine. */
export function followReports(reports, open) {
  byId("reports-link").addEventListener("click", () => open());
  const draw = () => {
    byId("reports-item").hidden = !reports.concernMe;
    const { unread, waiting } = reports;
    byId("reports-link").classList.toggle("room-link--unread", unread + waiting > 0);
    fill(byId("reports-count"), unread || waiting ? countOf(unread || waiting, reportWords(unread, waiting), unread > 0) : null);
  };
  reports.on("change", draw);
  reports.rooms.on("list", draw);
  draw();
}

export function followJoinRequests(requests, open) {
  byId("join-requests-link").addEventListener("click", () => open());
  requests.on("change", () => {
    const { length } = requests.waiting;
    byId("join-requests-item").hidden = !length;
    fill(byId("join-requests-count"), length ? countOf(length, gettext(", %(count)s waiting", { count: length })) : null);
  });
}

/** ", 3 open, 1 answered". Pure. */
export function reportWords(unread, waiting) {
  return [waiting && gettext("%(count)s open", { count: waiting }), unread && gettext("%(count)s answered", { count: unread })]
    .filter(Boolean).map((words) => `, ${words}`).join("");
}
