"""The panel beside a room: who is here."""

from functional_tests.browser import Browser

PEOPLE = """
const people = {active: [], away: [], offline: []};
for (const row of document.querySelectorAll("#people-groups .person")) {
  people[row.dataset.status].push(row.querySelector(".person__name bdi").textContent);
}
return people
"""
ROLE = """
const rows = [...document.querySelectorAll("#people-groups .person")];
return rows.find((row) => row.querySelector("bdi").textContent === arguments[0]).querySelector(".person__role")?.title ?? ""
"""


class WhoIsHere:
    def __init__(self, browser: Browser) -> None:
        self._browser = browser

    def active(self) -> list[str]:
        return self._with("active")

    def offline(self) -> list[str]:
        return self._with("offline")

    def everyone(self) -> list[str]:
        """Return the names of all who are listed, in alphabetical order."""
        return sorted(name for names in self._browser.run(PEOPLE).values() for name in names)

    def role(self, name: str) -> str:
        """Return what somebody is in this room beside being a member: "Owner", "Moderator" or ""."""
        return str(self._browser.run(ROLE, name))

    def as_of(self) -> str:
        """Return since when nothing more is known of them; "" while the panel is live."""
        return self._browser.text("#people-as-of")

    def _with(self, status: str) -> list[str]:
        names: list[str] = self._browser.run(PEOPLE)[status]
        return names
