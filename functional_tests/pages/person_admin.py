"""A person's screen in Django admin."""

from selenium.webdriver.support.select import Select

from functional_tests.browser import Browser
from functional_tests.waiting import wait_for


class PersonAdmin:
    def __init__(self, browser: Browser, person_id: int) -> None:
        self._browser = browser
        browser.open(f"/admin/accounts/user/{person_id}/change/")

    def prepare_ban(self, where: str, length: str, reason: str) -> None:
        """Unfold the act and fill it in, without pressing its button."""
        self._browser.press(".act:has([action$='/ban/now/']) summary")
        Select(self._browser.find("#id_ban_where")).select_by_visible_text(where)
        Select(self._browser.find("#id_ban_length")).select_by_visible_text(length)
        self._browser.fill("#id_ban_reason", reason)

    def ban(self) -> None:
        self._browser.press("[action$='/ban/now/'] button")

    def said(self) -> str:
        """What the screen answers to an act."""
        wait_for(lambda: self._browser.sees(".messagelist"))
        return self._browser.text(".messagelist")

    def sanctions_in_force(self) -> str:
        return self._browser.text(".panel")
