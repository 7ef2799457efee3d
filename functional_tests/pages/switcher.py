"""The box that leads anywhere by a few letters."""

from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.keys import Keys

from functional_tests.browser import Browser
from functional_tests.waiting import wait_for


class Switcher:
    """Opened by its keys, as who lives by the keyboard does."""

    def __init__(self, browser: Browser) -> None:
        self._browser = browser
        self._press(Keys.CONTROL, "k")
        wait_for(lambda: browser.sees("#jump[open]"))

    def offers(self) -> list[str]:
        """Return the names that are offered, the likeliest first."""
        return self._browser.texts("#jump-found .jump-found__name")

    def type(self, text: str) -> None:
        self._browser.type("#jump-to", text)

    def _press(self, held: str, key: str) -> None:
        ActionChains(self._browser.driver).key_down(held).send_keys(key).key_up(held).perform()
