"""From an account to a search with their own keyboards: a person writes Chinese, one writes Hebrew, and one writes Russian."""

from typing import NamedTuple

import pytest
from selenium.webdriver.common.keys import Keys

from functional_tests.browser import Browser
from functional_tests.conftest import OpenWindow
from functional_tests.pages.chat_room import ChatRoom
from functional_tests.pages.keys_of_others import CONTROL, HEBREW, PINYIN, RUSSIAN, SHIFT, Keyboard
from functional_tests.pages.search import Search, found
from functional_tests.pages.writing import Writing
from functional_tests.people import PASSWORD, People
from functional_tests.servers import Server
from functional_tests.waiting import wait_for


class Writer(NamedTuple):
    """What somebody writes, on which keyboard; `word` is one of the words of `edited`."""

    keyboard: Keyboard
    handle: str
    name: str
    greeting: str
    plea: str
    edited: str
    word: str


WRITERS = {
    "Chinese": Writer(PINYIN, "xiaoming", "小明", "大家好", "请看一下", "谢谢", "谢谢"),
    "Hebrew": Writer(HEBREW, "noa", "נועה", "שלום לכולם", "בדקי בבקשה", " תודה", "תודה"),
    "Russian": Writer(RUSSIAN, "misha", "Миша", "Всем привет", "посмотри пожалуйста", " спасибо", "спасибо"),
}


@pytest.mark.parametrize("script", WRITERS)
def test_everybody_writes_as_at_home(script: str, first_room: str, server: Server, people: People, window: OpenWindow) -> None:
    writer, browser = WRITERS[script], window()
    keys, writing, search = writer.keyboard, Writing(browser), Search(browser)
    handle = f"{writer.handle}{server.suffix}"

    # The account: the name in their own letters, the rest in Latin ones.
    browser.open("/accounts/signup/")
    browser.press("#id_name")
    keys.write(browser, writer.name)
    assert browser.path == "/accounts/signup/"
    for field, text in {"username": handle, "email": f"{handle}@example.org", "password1": PASSWORD}.items():
        browser.fill(f"#id_{field}", text)
    keys.press(browser, "Enter")
    theirs = ChatRoom(browser)
    wait_for(theirs.name, first_room)
    wait_for(theirs.people.active, lambda names: writer.name in names)

    # A message, and one that mentions Alice.
    browser.press("#write")
    keys.write(browser, writer.greeting)
    wait_for(writing.text, writer.greeting)
    keys.press(browser, "Enter")
    wait_for(lambda: theirs.timeline.said()[-1:], [f"{writer.name}: {writer.greeting}"])
    keys.write(browser, writer.plea)
    mention = f"@{people['alice'].handle}"
    writing.type(f" {mention}")
    wait_for(lambda: writing.offered().chosen, "Alice")
    keys.press(browser, "Enter")
    wait_for(writing.text, f"{writer.plea} {mention} ")
    keys.press(browser, "Enter")
    wait_for(lambda: theirs.timeline.texts()[-1], f"{writer.plea} {mention}")
    wait_for(lambda: theirs.timeline.messages()[-1].seq)

    # The last message is edited from the empty box.
    keys.press(browser, "ArrowUp")
    wait_for(lambda: browser.sees("#composer-context"))
    keys.write(browser, writer.edited)
    keys.press(browser, "Enter")
    wait_for(lambda: theirs.timeline.texts()[-1], f"{writer.plea} {mention}{writer.edited} edited")

    # It is found by a word, in this room, without a mouse; and the results lead to it.
    wait_for(lambda: found(server, people["alice"], writer.word))
    keys.press(browser, "f", held=CONTROL + SHIFT)
    wait_for(search.is_open)
    wait_for(search.asked, lambda asked: asked.startswith("in:"))
    wait_for(search.focused, "search-box")
    keys.write(browser, writer.word)
    assert search.focused() == "search-box"
    wait_for(lambda: search.texts()[:1], [f"{writer.plea} {mention}{writer.edited}"])
    browser.type("#search-box", Keys.ESCAPE)
    wait_for(lambda: not search.is_open())

    # Another place is one shortcut away, and no key of theirs went elsewhere.
    keys.press(browser, "k", held=CONTROL)
    wait_for(lambda: browser.run("return document.activeElement.id"), "jump-to")
    keys.write(browser, writer.word)
    browser.type("#jump-to", Keys.ESCAPE)
    wait_for(lambda: not browser.sees("#jump[open]"))
    assert (writing.text(), theirs.name()) == ("", first_room)
    assert _stands_right(browser) == (script == "Hebrew")
    # The sign stands before the handle, whichever way the line runs.
    assert browser.run("return getComputedStyle([...document.querySelectorAll('.prose .mention')].at(-1)).direction") == "ltr"


def _stands_right(browser: Browser) -> bool:
    """Whether the first message of the person begins at the right."""
    return bool(
        browser.run(
            "const last = [...document.querySelectorAll('#messages .prose p')].at(-1);"
            "const words = document.createRange(); words.selectNodeContents(last);"
            "const [text, box] = [words, last].map((each) => each.getBoundingClientRect());"
            "return box.right - text.right < text.left - box.left"
        )
    )
