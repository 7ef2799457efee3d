"""The box: what is in it, what is offered while one types, and what helps with it."""

from typing import NamedTuple

from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.keys import Keys

from functional_tests.browser import Browser
from functional_tests.waiting import wait_for

OFFERED = """
const box = document.querySelector("#write");
const options = document.querySelector("#suggest").hidden ? [] : [...document.querySelectorAll("#suggest [role=option]")];
return {
  options: options.map((option) => option.querySelector("b").textContent),
  chosen: document.getElementById(box.getAttribute("aria-activedescendant") ?? "")?.querySelector("b").textContent ?? "",
  in_the_box: document.activeElement === box,
}
"""


class Offered(NamedTuple):
    """What the list offers, which of it Enter would take, and whether the focus stayed in the box."""

    options: list[str]
    chosen: str
    in_the_box: bool


class Writing:
    def __init__(self, browser: Browser) -> None:
        self._browser = browser

    def type(self, text: str) -> None:
        self._browser.type("#write", text)

    def text(self) -> str:
        return str(self._browser.run("return document.querySelector('#write').value"))

    def press_together(self, held: str, key: str) -> None:
        ActionChains(self._browser.driver).key_down(held).send_keys(key).key_up(held).perform()

    def context(self) -> str:
        """Return what is said above the box: an edit, or whom it answers."""
        return self._browser.text("#composer-context") if self._browser.sees("#composer-context") else ""

    def hint(self) -> str:
        """Return what is said below the box."""
        return self._browser.text("#write-help")

    def enter_key(self) -> str:
        """Return what a touch keyboard shows on its Enter key."""
        return str(self._browser.run("return document.querySelector('#write').enterKeyHint"))

    def offered(self) -> Offered:
        return Offered(**self._browser.run(OFFERED))

    def take_emoji(self, words: str) -> None:
        """Find one in the picker, by keys alone, and take the first."""
        self._browser.press("#write-emoji")
        wait_for(lambda: self._browser.run("return document.activeElement.id"), "emoji-search")
        self._browser.driver.switch_to.active_element.send_keys(words)
        wait_for(lambda: self._browser.sees("#emoji-grid button"))
        self._browser.driver.switch_to.active_element.send_keys(Keys.ENTER)

    def format(self, kind: str) -> None:
        self._browser.press("#write-format")
        self._browser.press(f"#format-menu [data-format='{kind}']")
