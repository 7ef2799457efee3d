"""The directory of rooms."""

from urllib.parse import quote

from functional_tests.browser import Browser
from functional_tests.waiting import wait_for


class Directory:
    def __init__(self, browser: Browser, words: str = "") -> None:
        self._browser = browser
        browser.open(f"/rooms/?q={quote(words)}")
        wait_for(lambda: browser.text("#line"), "Live")

    def rooms(self) -> list[str]:
        """Return the names of the rooms that are listed."""
        return self._browser.texts("#directory > li h2 bdi")

    def look_for(self, words: str) -> None:
        self._browser.paste("#find-room", words)

    def join(self, name: str) -> None:
        """Press the one button beside a room."""
        self._browser.press_words(f"Join {name}", within="#directory")

    def look_into(self, name: str) -> list[str]:
        """Return the newest lines of a room, as one sees them without going there."""
        row = f"#directory > li:has([aria-label='Show details of {name}'])"
        if not self._browser.sees(f"{row} .look"):
            self._browser.press(f"{row} [data-look]")
        return self._browser.texts(f"{row} .look__lines li")

    def open_new_room(self, name: str, kind: str = "public", topic: str = "") -> None:
        """Make a room of one's own."""
        self._browser.press_words("New room", within=".page__head")
        self._browser.fill("#room-name-field", name)
        self._browser.press(f"#new-room label:has(input[value='{kind}'])")
        self._browser.fill("#room-topic-field", topic)
        self._browser.press("#new-room-create")
