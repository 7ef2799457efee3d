"""The rooms at the side: which are mine, and where something is unread."""

from typing import NamedTuple

from functional_tests.browser import Browser
from functional_tests.waiting import wait_for

LINKS = """
return [...document.querySelectorAll("#rooms a.room-link[data-room-id]")].map((link) => ({
  name: link.querySelector(".room-link__name").textContent.trim(),
  path: link.getAttribute("href"),
  unread: link.querySelector(".count")?.textContent ?? "",
  badge: Boolean(link.querySelector(".count--badge")),
  hushed: link.classList.contains("room-link--hushed"),
  weight: Number(getComputedStyle(link.querySelector(".room-link__name")).fontWeight),
  current: link.getAttribute("aria-current") === "page",
}))
"""


class RoomLink(NamedTuple):
    """How one room stands in the list."""

    name: str
    path: str
    unread: str
    badge: bool
    hushed: bool
    weight: int
    current: bool


class RoomsList:
    def __init__(self, browser: Browser) -> None:
        self._browser = browser

    def links(self) -> list[RoomLink]:
        return [RoomLink(**facts) for facts in self._browser.run(LINKS)]

    def names(self) -> list[str]:
        return [link.name for link in self.links()]

    def unread(self, name: str) -> str:
        """Return the number beside a room's name; "" where all is read."""
        return self._link(name).unread

    def is_for_me(self, name: str) -> bool:
        """Whether the number beside a room's name says that somebody asks for this person."""
        return self._link(name).badge

    def weight(self, name: str) -> int:
        """Return how heavy a room's name is drawn."""
        return self._link(name).weight

    def is_hushed(self, name: str) -> bool:
        return self._link(name).hushed

    def current(self) -> str:
        """Return the name of the room that is shown."""
        return next((link.name for link in self.links() if link.current), "")

    def open(self, name: str) -> None:
        """Press a room's name, as soon as it is there, and come into the room."""
        wait_for(self.names, lambda names: name in names)
        path = self._link(name).path
        self._browser.press(f"#rooms a.room-link[href='{path}']")
        wait_for(lambda: self._browser.path, path)

    def _link(self, name: str) -> RoomLink:
        return next(link for link in self.links() if link.name == name)
