"""What moderators change about a room, and whom they let write again."""

from functional_tests.browser import Browser
from functional_tests.waiting import wait_for


class RoomSettings:
    def __init__(self, browser: Browser) -> None:
        self._browser = browser

    def open(self) -> None:
        self._browser.press("#room-more")
        self._browser.press("#settings-item")
        wait_for(lambda: self._browser.sees("#room-settings"))

    def slow_down(self, seconds: int) -> None:
        self._browser.press(f"#settings-slow option[value='{seconds}']")

    def let_write(self, state: str) -> None:
        self._browser.press(f"#room-settings .option:has([value='{state}'])")

    def save(self) -> None:
        self._browser.press("#room-settings-save")
        wait_for(lambda: not self._browser.sees("#room-settings"))

    def held(self) -> list[str]:
        """Return who is muted or banned, with what is said of it."""
        return self._browser.texts("#settings-held-list > li")

    def lift(self, name: str) -> None:
        self._browser.press(f"#settings-held-list [aria-label='Lift now: {name}']")
