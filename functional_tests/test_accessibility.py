"""Whoever reads by ear, or sees little: axe finds nothing to complain of, on any page, light or dark, wide or narrow."""

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from functional_tests.browser import Browser
from functional_tests.conftest import Connect, OpenRoom, OpenWindow
from functional_tests.pages.chat_room import ChatRoom
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
def test_the_doors(window: OpenWindow, size: str) -> None:
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
