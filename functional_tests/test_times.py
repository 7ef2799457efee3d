"""Times follow the reader's clock: its zone, its midnight, and its notation, on every page."""

from functional_tests.browser import Browser
from functional_tests.conftest import Connect, OpenRoom
from functional_tests.pages.chat_room import ChatRoom
from functional_tests.servers import Server, behind_the_scenes
from functional_tests.waiting import wait_for

TIME = "return document.querySelector('#messages > li[data-seq] time').textContent"
TOOLTIP = "return document.querySelector('#messages > li[data-seq] [data-full]').dataset.full"


def test_times_follow_the_clock(server: Server, first_room: str, room: OpenRoom, alice: Browser, connect: Connect) -> None:
    # Bob wrote at noon yesterday, by the clock of the server.
    opened = room("Times", "bob")
    bob = connect("bob")
    assert bob.call("send", {"room": opened["id"], "client_id": "n" * 32, "text": "Noon"})["ok"]
    behind_the_scenes(server, "spread", opened["id"], 1)
    hers = ChatRoom(alice, opened["slug"])
    _choose(alice, "24")
    wait_for(lambda: (alice.run(TIME), alice.texts("#messages .day time")), ("12:00", ["Yesterday"]))
    (yesterday,) = hers.timeline.day_of_each()

    # Alice flies to where it is 10 hours earlier, and then 14 hours later. The open page follows.
    for zone, time, is_next_day in (
        ("Pacific/Honolulu", "02:00", False),
        ("Pacific/Kiritimati", "02:00", True),
        ("UTC", "12:00", False),
    ):
        alice.tell("Emulation.setTimezoneOverride", timezoneId=zone)
        wait_for(lambda: (alice.run(TIME), hers.timeline.day_of_each() != [yesterday]), (time, is_next_day))

    # She chooses 12 hours: in rows, tooltips, the quiet hours, the admin.
    _choose(alice, "12")
    alice.press(".me [data-opens='you']")
    alice.press("#you-quiet")
    wait_for(lambda: [_plain(text) for text in alice.texts("#you-from option:checked")], ["10:00 pm"])
    alice.press("#you-quiet")
    alice.press("#you [data-closes]")
    wait_for(lambda: _plain(alice.run(TIME)), "12:00 pm")
    assert _plain(alice.run(TOOLTIP)).endswith("12:00:00 pm")
    alice.open("/admin/pulse/")
    wait_for(lambda: alice.text(".pulse__as-of"), lambda words: " AM UTC" in words or " PM UTC" in words)


def _choose(browser: Browser, hours: str) -> None:
    browser.press(".me [data-opens='you']")
    browser.press(f"#you-clock label:has([value='{hours}'])")
    browser.press("#you [data-closes]")


def _plain(text: str) -> str:
    """Return a time without what differs between versions of the locale data: the kind of space, and capitals."""
    return " ".join(text.split()).lower()
