"""Making an account."""

from functional_tests.browser import Browser
from functional_tests.waiting import wait_for


class SignUp:
    def __init__(self, browser: Browser) -> None:
        self._browser = browser
        wait_for(browser.heading, "Create an account")

    def make_account(self, name: str, handle: str, password: str) -> None:
        for field, text in {"name": name, "username": handle, "email": f"{handle}@example.org", "password1": password}.items():
            self._browser.fill(f"#id_{field}", text)
        self._browser.press_words("Create account")
