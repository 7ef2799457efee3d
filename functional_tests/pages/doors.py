"""The ways into a private room: asking at its door and being let in, and links."""

from urllib.parse import urlsplit

from selenium.webdriver.support.select import Select

from functional_tests.browser import Browser
from functional_tests.waiting import wait_for


class Doors:
    def __init__(self, browser: Browser) -> None:
        self._browser = browser

    def ask(self, name: str, words: str) -> None:
        """Ask from within the directory."""
        self._browser.press_words(f"Request to join {name}", within="#directory")
        wait_for(lambda: self._browser.run("return document.activeElement.name"), "words")
        self._browser.type("#directory .look:not([hidden]) [name='words']", words)
        self._browser.press("#directory .look:not([hidden]) .button--solid")
        wait_for(lambda: self._browser.sees("#door"))

    def let_people_ask(self) -> None:
        """Turn the switch in the settings of the room that is shown, and close them."""
        wait_for(lambda: self._browser.run("return !document.querySelector('#settings-asking').disabled"))
        self._browser.press("#settings-asking")
        wait_for(lambda: self._browser.run("return !document.querySelector('#settings-asking').disabled"))
        self._browser.press("#room-settings [data-closes]")

    def waiting_at_the_side(self) -> str:
        """Return the words of the link with its count; "" where nobody waits."""
        return self._browser.text("#join-requests-link") if self._browser.sees("#join-requests-link") else ""

    def requests(self) -> list[str]:
        """Open the queue; return each request's words."""
        if not self._browser.sees("#join-requests"):
            self._browser.press("#join-requests-link")
        return [" ".join(text.split()) for text in self._browser.texts("#join-requests-list > li")]

    def let_in(self, name: str, answer: str) -> None:
        self._browser.type("#join-requests-list input", answer)
        self._browser.press_words(f"Accept {name}", within="#join-requests-list")

    def make_link(self, uses: str) -> str:
        """Make a link in the room that is shown; return where it leads on this server."""
        self._browser.press("#room-more")
        self._browser.press("#links-item")
        wait_for(lambda: self._browser.sees("#links"))
        Select(self._browser.find("#links-uses")).select_by_visible_text(uses)
        self._browser.press("#links-make")
        wait_for(lambda: self._browser.sees("#links-made"))
        return urlsplit(str(self._browser.run("return document.querySelector('#links-link').value"))).path

    def links(self) -> list[str]:
        """Return what is said of each link that is good."""
        return self._browser.texts("#links-list > li .held__who b")
