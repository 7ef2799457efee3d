"""The page behind the console's one-time link."""

import re

from functional_tests.browser import Browser

LINK = re.compile(r"https?://\S+/setup/\S+/")


class Setup:
    def __init__(self, browser: Browser, link: str) -> None:
        self._browser = browser
        browser.open(link)

    def begin(self, name: str, handle: str, email: str, password: str, room: str) -> None:
        """Say who owns the server and what its first room is called."""
        facts = {"name": name, "handle": handle, "email": email, "password": password, "room": room}
        for field, text in facts.items():
            self._browser.fill(f"#id_{field}", text)
        self._browser.press_words("Open the first room")


def printed_link(console: str) -> str:
    """Return the link that a server printed; "" where it printed none."""
    found = LINK.search(console)
    return found[0] if found else ""
