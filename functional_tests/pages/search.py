"""The search: what is asked, what was found, and the way there."""

import json
from typing import NamedTuple
from urllib.error import HTTPError
from urllib.parse import quote
from urllib.request import Request, urlopen

from selenium.webdriver.common.keys import Keys

from functional_tests.browser import Browser
from functional_tests.people import Person
from functional_tests.servers import Server

HITS = """
return [...document.querySelectorAll("#search-hits .hit")].map((hit) => ({
  room: hit.querySelector(".hit__room bdi").textContent,
  author: hit.querySelector(".hit__author").textContent,
  text: hit.querySelector(".hit__text").textContent,
  marked: [...hit.querySelectorAll("mark")].map((mark) => mark.textContent).join(" "),
  beside: [...hit.querySelectorAll(".hit__beside")].map((message) => message.textContent).join(" | "),
}))
"""
FOCUSED = "return document.activeElement.closest('.hit')?.querySelector('.hit__text').textContent ?? document.activeElement.id"


class Hit(NamedTuple):
    """One message that was found; `beside` is what stands before and after it."""

    room: str
    author: str
    text: str
    marked: str
    beside: str


class Search:
    """What opens with the slash, and on a phone with its button."""

    def __init__(self, browser: Browser) -> None:
        self._browser = browser

    def open_by_key(self) -> None:
        """Stop writing, and press the slash."""
        self._browser.run("document.activeElement.blur()")
        self.press("/")

    def ask(self, query: str) -> None:
        self._browser.paste("#search-box", query)

    def press(self, key: str) -> None:
        """Press a key where the focus is."""
        self._browser.driver.switch_to.active_element.send_keys(key)

    def go_down(self) -> None:
        self.press(Keys.ARROW_DOWN)

    def hits(self) -> list[Hit]:
        return [Hit(**facts) for facts in self._browser.run(HITS)]

    def texts(self) -> list[str]:
        return [hit.text for hit in self.hits()]

    def said(self) -> str:
        """Return what is said of the results, to everyone."""
        return self._browser.text("#search-said")

    def offered(self) -> list[str]:
        """Return by what the search can be narrowed."""
        return self._browser.texts("#search-hints button bdi")

    def focused(self) -> str:
        """Return the text of the result that has the focus, or the name of what else has it."""
        return str(self._browser.run(FOCUSED))

    def asked(self) -> str:
        """Return what is in the box."""
        return str(self._browser.run("return document.getElementById('search-box').value"))

    def is_beside(self) -> bool:
        """Whether the results stand beside the room, which is as usable as without them."""
        return self.is_open() and bool(self._browser.run("return document.getElementById('search').matches('.dialog--beside')"))

    def is_open(self) -> bool:
        return self._browser.sees("#search-box")


def found(server: Server, person: Person, word: str) -> int:
    """How many messages somebody finds: the archive is a second behind, and nobody types against the clock."""
    try:
        with urlopen(Request(f"{server.url}/search/?q={quote(word)}", headers={"Cookie": person.cookie})) as answer:
            return len(json.load(answer)["results"])
    except HTTPError:  # they ask a little too often
        return 0
