"""The door: where everyone without a session ends up."""

from functional_tests.browser import Browser
from functional_tests.pages.sign_up import SignUp
from functional_tests.waiting import wait_for


class LogIn:
    def __init__(self, browser: Browser) -> None:
        self._browser = browser
        wait_for(browser.heading, "Welcome back")

    def log_in(self, login: str, password: str) -> None:
        self._browser.fill("#id_login", login)
        self._browser.fill("#id_password", password)
        self._browser.press_words("Log in", within="form")

    def refusal(self) -> str:
        """Return what is wrong, in the page's words; "" when nothing is."""
        return self._browser.text(".field__error") if self._browser.sees(".field__error") else ""

    def make_an_account(self) -> SignUp:
        self._browser.press_words("Create an account")
        return SignUp(self._browser)
