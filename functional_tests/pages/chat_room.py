"""A room: what is said in it, writing into it, who is here, and what the line says of the connection."""

import re

from selenium.webdriver.common.keys import Keys

from functional_tests.browser import Browser
from functional_tests.pages.rooms_list import RoomsList
from functional_tests.pages.timeline import Timeline
from functional_tests.pages.who_is_here import WhoIsHere
from functional_tests.waiting import wait_for


class ChatRoom:
    """The page of a room; opened by its slug, or found where the browser stands."""

    def __init__(self, browser: Browser, slug: str = "") -> None:
        self.browser = browser
        self.timeline = Timeline(browser)
        self.people = WhoIsHere(browser)
        self.rooms = RoomsList(browser)
        if slug:
            browser.open(f"/rooms/{slug}/")
        wait_for(self.line, "Live")

    def name(self) -> str:
        return self.browser.text("#room-name")

    def line(self) -> str:
        """Return what is said of the connection."""
        return self.browser.text("#line")

    def calls(self) -> int:
        """Return how much the tab's title says is for this person, in all their rooms."""
        found = re.match(r"\((\d+)\) ", self.browser.title)
        return int(found[1]) if found else 0

    def banner(self) -> str:
        return self.browser.text("#banner")

    def write(self, text: str) -> None:
        """Write a message and send it."""
        self.begin(text + Keys.ENTER)

    def begin(self, text: str) -> None:
        """Write without sending."""
        self.browser.type("#write", text)

    def press_send(self) -> None:
        self.browser.press("#send")

    def typing(self) -> str:
        """Return who is said to be writing."""
        return self.browser.text("#typing")

    def why_closed(self) -> str:
        """Return why one cannot send; "" where one can."""
        return self.browser.text("#composer-closed") if self.browser.sees("#composer-closed") else ""

    def is_open(self) -> bool:
        """Whether what one writes can be sent."""
        return self.browser.sees("#write") and self.why_closed() == ""

    def invite(self, handle: str) -> None:
        """Find somebody and bring them in."""
        self.browser.press("#people #invite-open")
        self.browser.paste("#invite-who", handle)
        wait_for(lambda: self.browser.texts("#invite .finder__found small"), [f"@{handle}"])
        self.browser.press("#invite .finder__found button:not(:disabled)")
        wait_for(lambda: self.browser.text("#invite-said"), lambda words: words.endswith("joined."))
        self.browser.press("#invite [data-closes]")

    def log_out(self) -> None:
        self.browser.press("#me")
        self.browser.press_words("Log out", within="#me-menu")
