"""The dialog "Invite people", and the page that its link leads to."""

from functional_tests.browser import Browser
from functional_tests.waiting import wait_for


class Inviting:
    """Opened by one of its buttons."""

    def __init__(self, browser: Browser, opener: str) -> None:
        self._browser = browser
        browser.press(opener)

    def link(self) -> str:
        """Return the link, once the server has told it."""
        return str(wait_for(lambda: self._browser.run("return document.querySelector('#invite-link').value")))

    def shows_code(self) -> bool:
        """Open the QR code; return whether the browser accepts and draws it."""
        self._browser.press("#invite-code-part summary")
        drawn = "const image = document.querySelector('#invite-code'); return image.complete && image.naturalWidth > 0"
        return bool(wait_for(lambda: self._browser.run(drawn)))

    def close(self) -> None:
        self._browser.press("#invite [data-closes]")


class Invited:
    """What somebody sees who opens a link."""

    def __init__(self, browser: Browser, link: str) -> None:
        self._browser = browser
        browser.open(link)

    def heading(self) -> str:
        return self._browser.heading()

    def create_account(self, name: str, handle: str, password: str) -> None:
        for field, text in {"name": name, "username": handle, "email": f"{handle}@example.org", "password1": password}.items():
            self._browser.fill(f"#id_{field}", text)
        self._browser.press_words("Create account and join")

    def join(self) -> None:
        self._browser.press_words("Join the room")
