"""The page behind the console's one-time link."""

import re

from functional_tests.browser import Browser

LINK = re.compile(r"https?://\S+/setup/\S+/")


class Setup:
    def __init__(self, browser: Browser, link: str) -> None:
        self._browser = browser
        browser.open(link)

    def begin(self, name: str, handle: str, email: str, password: str, room: str, server: str = "Parley") -> None:
        """Say who owns the server, and what it and its first room are called."""
        facts = {"server_name": server, "name": name, "handle": handle, "email": email, "password": password, "room": room}
        for field, text in facts.items():
            self._browser.fill(f"#id_{field}", text)
        self.send()

    def type_name(self, name: str) -> str:
        """Type only the name; return the handle that the page suggests."""
        self._browser.fill("#id_name", name)
        return self._value("#id_handle")

    def send(self) -> None:
        self._browser.press_words("Open the first room")

    def mistakes(self) -> list[str]:
        """Return the fields that the server found something wrong with."""
        found = "return [...document.querySelectorAll('[aria-invalid=true]')].map((box) => box.name)"
        return list(self._browser.run(found))

    def password(self) -> str:
        """Return what stands in the box for it."""
        return self._value("#id_password")

    def correct(self, field: str, text: str) -> None:
        self._browser.fill(f"#id_{field}", text)

    def _value(self, css: str) -> str:
        return str(self._browser.run("return document.querySelector(arguments[0]).value", css))


def printed_link(console: str) -> str:
    """Return the link that a server printed; "" where it printed none."""
    found = LINK.search(console)
    return found[0] if found else ""
