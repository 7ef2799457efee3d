"""Whoever reads by ear, or sees little: axe finds nothing to complain of, on any page, light or dark, wide or narrow."""

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from selenium.webdriver import ActionChains
from selenium.webdriver.common.keys import Keys

from functional_tests.browser import Browser
from functional_tests.conftest import Connect, OpenRoom, OpenWindow
from functional_tests.pages.amending import Amending
from functional_tests.pages.chat_room import ChatRoom
from functional_tests.pages.keyboard import Keyboard
from functional_tests.people import People
from functional_tests.waiting import wait_for

AXE = Path("node_modules/axe-core/axe.min.js")
WCAG = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa")
# What is no rule but good: a main part and a heading on each page, everything within a landmark.
STANDARDS = (*WCAG, "best-practice")
# All of axe's rules that look at colours. The others judge what light and dark have in common, and look once.
COLOURS = ("color-contrast", "link-in-text-block")
_RUN = """
const [only, within, done] = arguments;
// Of what passes nothing is told; and no rule here needs the style sheets, or the sound of a video, fetched once more.
const options = { runOnly: only, resultTypes: ["violations"], preload: false };
axe.run(document.querySelector(within), options).then((result) => done(result.violations), done);
"""

SIZES = pytest.mark.parametrize("size", ["wide", "narrow"])


@SIZES
def test_the_doors(window: OpenWindow, first_room: str, size: str) -> None:
    stranger = _as_seen(window(), size)
    for path in ("/accounts/login/", "/accounts/signup/", "/accounts/password/reset/"):
        stranger.open(path)
        assert _violations(stranger) == [], path


@SIZES
def test_the_chat(alice: Browser, people: People, room: OpenRoom, connect: Connect, size: str) -> None:
    # A room with all sorts of rows in it: said by bob and by alice, long and short, deleted, answered and cheered at.
    garden = room("Garden", "bob", topic="Beds, tools and who waters")
    bob, hers = connect("bob"), connect("alice")
    for number, text in enumerate(("Hello **@alice**, look:", "> a quote\n\n`code` and a [link](https://example.org)", "gone")):
        bob.call("send", {"room": garden["id"], "client_id": f"bobs-row-{number}", "text": text})
    bob.call("delete", {"room": garden["id"], "seq": 3})
    hers.call("react", {"room": garden["id"], "seq": 1, "emoji": "🎉", "on": True})
    hers.call("send", {"room": garden["id"], "client_id": "alices-row", "text": "```\n1 + 1\n```", "reply_to": 2})
    _as_seen(alice, size)
    ChatRoom(alice, garden["slug"])
    wait_for(lambda: len(alice.texts("#messages article")) >= 4)
    assert _violations(alice) == []
    hers.call("block", {"user": people["bob"].id})
    wait_for(lambda: len(alice.texts("#messages [data-key='unfold']")), 2)
    assert _violations(alice) == []
    hers.call("unblock", {"user": people["bob"].id})
    # A phone shows one pane at a time: behind the list of rooms there is no main part and no heading to be seen.
    alice.open("/")
    assert _violations(alice, WCAG if size == "narrow" else STANDARDS) == []
    for path in ("/rooms/", "/rooms/no-such-room/", "/accounts/password/change/", "/accounts/logout/"):
        alice.open(path)
        assert _violations(alice) == [], path


# What opens each of them; on a phone some of it is behind a menu, so that it is pressed by script.
DIALOGS = {
    "#help": "[data-opens='help']",
    "#you": "[data-opens='you']",
    "#jump": "[data-opens='jump']",
    "#search": "[data-opens='search']",
    "#mentions": "#mentions-link",
    "#write-to": "[data-opens='write-to']",
    "#invite": "[data-opens='invite']",
    "#reports": "#reports-link",
    "#room-settings": "#settings-item",
    "#links": "#links-item",
    "#words": "#words-item",
}


@SIZES
def test_ones_account(alice: Browser, size: str) -> None:
    _as_seen(alice, size)
    for page in ("", "email/", "sessions/", "second-factor/", "second-factor/app/", "data/", "delete/"):
        alice.open(f"/accounts/{page}")
        assert _violations(alice) == [], page


@SIZES
def test_the_dialogs(alice: Browser, people: People, room: OpenRoom, connect: Connect, size: str) -> None:
    garden = room("Garden", "bob")
    connect("bob").call("send", {"room": garden["id"], "client_id": "calls-alice", "text": f"@{people['alice'].handle} look"})
    hers, blocked = connect("alice"), {"user": people["carol"].id}
    hers.call("block", blocked)
    _as_seen(alice, size)
    ChatRoom(alice, garden["slug"])
    for dialog, opener in DIALOGS.items():
        alice.run("document.querySelector(arguments[0]).click()", opener)
        wait_for(lambda dialog=dialog: alice.sees(f"{dialog}[open]"))
        if dialog == "#mentions":
            wait_for(lambda: alice.sees("#mentions .hit"))
        if dialog == "#you":
            wait_for(lambda: alice.sees("#you-blocked li"))
        assert _violations(alice, WCAG, within=dialog) == [], dialog
        alice.run("document.querySelector(arguments[0]).close()", dialog)
    hers.call("unblock", blocked)


# How far a layer reaches out of the window, above and below; what is not shown reaches nowhere.
REACHES_OUT = """
const {top, bottom} = document.querySelector(arguments[0]).getBoundingClientRect();
return Math.max(0, Math.round(-top)) + Math.max(0, Math.round(bottom - innerHeight));
"""
LAYERS = {"#room-menu": "#room-more", "#me-menu": "#me", "#format-menu": "#write-format"}
LETTERS_OFF = "localStorage.setItem('keyboard', JSON.stringify({letters: false}))"


def test_everything_at_twice_the_size_without_single_letters(alice: Browser, room: OpenRoom, connect: Connect) -> None:
    # Alice sees little: her window is as narrow as a phone, and she has a mouse. She dictates, so that letters are no keys.
    garden = room("Garden", "bob")
    for client, texts in ((connect("alice"), ("Water the beds", "Weed them")), (connect("bob"), ("Who has the **hose**?",))):
        for text in texts:
            client.call("send", {"room": garden["id"], "client_id": f"zoomed-row-{len(text)}", "text": text})
    alice.open("/accounts/logout/")
    alice.run(LETTERS_OFF)
    alice.be_as_large_as(640, 450)
    hers, keys, amending = ChatRoom(alice, garden["slug"]), Keyboard(alice), Amending(alice)
    wait_for(lambda: len(hers.timeline.texts()), 3)

    # By keys alone she comes to the newest message, hears what it says, and answers it by its menu.
    keys.go_to("#messages article", back=True)
    assert _named(alice).startswith("Bob: Who has the hose?, ")
    keys.press(Keys.ARROW_UP, Keys.ARROW_UP)
    assert _named(alice).startswith("Alice: Water the beds, ")
    keys.press(Keys.END)
    wait_for(lambda: _named(alice), lambda name: name.startswith("Bob: Who has the hose?, "))
    keys.press(Keys.ENTER)
    keys.arrive("#message-menu [role='menuitem']")
    keys.go_to_item("Reply")
    keys.press(Keys.ENTER)
    keys.arrive("#write")
    assert _named(alice) == "Reply to Bob"
    keys.write("I have it")
    wait_for(lambda: hers.timeline.texts()[-1:], ["I have it"])

    # With the mouse she deletes what she said, by the button, and takes the menu of another by the second button.
    amending.choose(2, "Delete message")
    wait_for(lambda: amending.look(2).tombstone, "Deleted by you.")
    place = alice.find("#messages > li[data-seq='1'] .message__content")
    ActionChains(alice.driver).context_click(place).perform()
    wait_for(lambda: alice.sees("#message-menu [data-key='Edit']"))
    alice.press("#message-menu [data-key='Edit']")
    wait_for(lambda: _named(alice), "Edit your message")
    keys.press(Keys.ESCAPE)

    # Nothing opens beyond the window, at four times the size or on a phone that lies on its side.
    for width, height in ((320, 256), (667, 375)):
        alice.be_as_large_as(width, height)
        for layer, opener in LAYERS.items():
            alice.run("document.querySelector(arguments[0]).click()", opener)
            wait_for(lambda layer=layer: alice.sees(layer))
            alice.at_rest()
            assert alice.run(REACHES_OUT, layer) == 0, (layer, width)
            assert alice.run("return document.activeElement !== document.body")
            alice.run("document.querySelector(arguments[0]).hidePopover()", layer)
        assert alice.fits_the_width()


def _named(browser: Browser) -> str:
    """Return the name of what has the focus, as the browser tells it to a screen reader."""
    return browser.driver.switch_to.active_element.accessible_name


def _as_seen(browser: Browser, size: str) -> Browser:
    if size == "narrow":
        browser.become_a_phone()
    return browser


def _violations(browser: Browser, standards: Sequence[str] = STANDARDS, within: str = "html") -> list[str]:
    """What axe finds on the page as it stands, in the light and in the dark, each with the elements concerned."""
    browser.prefer("light")
    in_the_light = _complaints(browser, {"type": "tag", "values": standards}, within)
    browser.prefer("dark")
    return in_the_light + _complaints(browser, {"type": "rule", "values": COLOURS}, within)


def _complaints(browser: Browser, only: dict[str, Any], within: str) -> list[str]:
    browser.at_rest()
    if browser.run("return !window.axe"):
        browser.run(_axe())
    found: Any = browser.driver.execute_async_script(_RUN, only, within)
    return [f"{each['id']}: {[node['html'][:120] for node in each['nodes'][:3]]}" for each in found]


@cache
def _axe() -> str:
    return AXE.read_text()
