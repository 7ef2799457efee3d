"""A room's screen in Django admin."""

from selenium.webdriver.support.select import Select

from functional_tests.browser import Browser
from functional_tests.waiting import wait_for


class RoomAdmin:
    def __init__(self, browser: Browser, room_name: str) -> None:
        self._browser = browser
        browser.open("/admin/chat/room/")
        browser.press_words(room_name, within="#result_list")
        wait_for(lambda: browser.sees("#id_name"))

    def rename(self, name: str) -> None:
        self._browser.fill("#id_name", name)

    def put_into_state(self, state: str) -> None:
        """Choose open, announcement, locked or archived."""
        Select(self._browser.find("#id_state")).select_by_value(state)

    def save(self) -> None:
        """Save, and stay on the screen."""
        self._browser.press("[name='_continue']")
        wait_for(lambda: self._browser.sees(".messagelist .success"))
