"""Blocking somebody on their card, what their messages look like then, and the list of blocked people."""

from functional_tests.browser import Browser
from functional_tests.pages.you import You
from functional_tests.waiting import wait_for

FOLDED = "#messages .tombstone"


class Blocking:
    def __init__(self, browser: Browser) -> None:
        self._browser = browser

    def press_on_card(self, seq: int, words: str) -> None:
        """Open the card of a message's author, and press what it offers."""
        self._browser.press(f"#messages [data-seq='{seq}'] .message__author")
        wait_for(lambda: self._browser.text("#person-card-block"), words)
        self._browser.press("#person-card-block")
        wait_for(lambda: not self._browser.sees("#person-card"))

    def folded(self) -> list[str]:
        """Return what stands in place of the messages of blocked people."""
        return self._browser.texts(f"{FOLDED} > span")

    def unfold(self) -> None:
        self._browser.press(f"{FOLDED} .link")

    def blocked(self) -> list[str]:
        """Open the dialog about oneself, and return whom it lists as blocked."""
        You(self._browser).open()
        wait_for(lambda: self._browser.texts("#you-blocked li") or self._browser.text("#you-blocked-nothing"))
        return self._browser.texts("#you-blocked b")

    def unblock_in_list(self) -> None:
        self._browser.press("#you-blocked .button")
        wait_for(lambda: self._browser.text("#you-blocked-nothing"), "You have blocked nobody.")
        You(self._browser).close()

    def questions(self) -> list[str]:
        """Return where one is asked to come back."""
        return self._browser.texts("#questions li p:first-child")

    def answer(self, words: str) -> None:
        self._browser.press_words(words, "#questions")
