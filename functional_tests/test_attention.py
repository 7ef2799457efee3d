"""What asks for somebody's attention, how loudly, and on which of their devices."""

import itertools
from datetime import UTC, datetime, timedelta

from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.keys import Keys

from functional_tests.browser import Browser
from functional_tests.conftest import Connect, OpenRoom, OpenWindow
from functional_tests.pages.amending import Amending
from functional_tests.pages.chat_room import ChatRoom
from functional_tests.pages.directory import Directory
from functional_tests.pages.switcher import Switcher
from functional_tests.pages.you import NOTIFICATIONS, You
from functional_tests.people import People
from functional_tests.servers import Server
from functional_tests.waiting import wait_for
from tests.support.wire_client import WireClient

_numbers = itertools.count(1)


def _say(client: WireClient, room: int, text: str) -> None:
    assert client.call("send", {"room": room, "client_id": f"attention-{next(_numbers):04}", "text": text})["ok"]


def test_two_devices_tell_the_same(window: OpenWindow, people: People, room: OpenRoom, connect: Connect) -> None:
    # Carol has a desk and a phone, both somewhere else, when Alice writes in the garden and calls her by name.
    kitchen, garden = room("Kitchen", "carol"), room("Garden", "carol")
    desk, phone = (ChatRoom(window(people["carol"]), kitchen["slug"]) for _ in range(2))
    calls = desk.calls()
    alice = connect("alice")
    for text in ("The roses are out", f"Will you come, @{people['carol'].handle}?", "There is tea"):
        _say(alice, garden["id"], text)
    for device in (desk, phone):
        wait_for(lambda: device.rooms.unread(garden["name"]), "1")
        wait_for(device.calls, calls + 1)

    # She reads it at her desk. Her phone knows.
    desk.rooms.open(garden["name"])
    wait_for(lambda: desk.timeline.texts()[-1:], ["There is tea"])
    for device in (desk, phone):
        wait_for(lambda: device.rooms.unread(garden["name"]), "")
        wait_for(device.calls, calls)

    # She has no time now, and marks it as unread from the question on. It stays so, also while she looks at it.
    Amending(desk.browser).choose(2, "Mark unread from here")
    for device in (desk, phone):
        wait_for(lambda: device.rooms.unread(garden["name"]), "1")
    _say(alice, garden["id"], "And cake")
    wait_for(lambda: desk.timeline.texts()[-1:], ["And cake"])
    assert desk.rooms.is_for_me(garden["name"])

    # Then the garden is too much for her: she mutes it on the phone. It is hushed on both, but for her name.
    phone.rooms.open(garden["name"])
    phone.browser.press("#room-more")
    phone.browser.press("#room-menu .menu__switch")
    for device in (desk, phone):
        wait_for(lambda: device.rooms.is_hushed(garden["name"]))
    desk.rooms.open(kitchen["name"])
    phone.browser.press("#room-menu #copy-link")
    phone.rooms.open(kitchen["name"])
    _say(alice, garden["id"], "The cake is gone")
    _say(alice, kitchen["id"], "Dinner")
    wait_for(lambda: desk.timeline.texts()[-1:], ["Dinner"])
    assert desk.rooms.unread(garden["name"]) == ""


def test_a_device_calls_where_it_may(window: OpenWindow, people: People, room: OpenRoom, connect: Connect) -> None:
    # Carol lets her browser show notifications, and sits in the kitchen.
    kitchen, garden = room("Kitchen", "carol"), room("Garden", "carol")
    browser = window(people["carol"])
    browser.driver.execute_cdp_cmd("Page.addScriptToEvaluateOnNewDocument", {"source": NOTIFICATIONS})
    page, you = ChatRoom(browser, kitchen["slug"]), You(browser)
    you.open()
    you.switch("desktop")
    wait_for(lambda: browser.run("return document.getElementById('you-desktop').checked"))
    you.close()

    # What is said is no reason to call her; her name is. What she looks at is none either.
    alice, name = connect("alice"), people["carol"].handle
    _say(alice, kitchen["id"], f"Look here, @{name}")
    _say(alice, garden["id"], "Rain")
    _say(alice, garden["id"], f"Come in, @{name}, it is dry **here**")
    told = f"Alice in #{garden['name']}: Come in, @{name}, it is dry here"
    wait_for(lambda: browser.run("return window.shown"), [told])

    # She goes there, and the notification goes.
    page.rooms.open(garden["name"])
    wait_for(lambda: browser.run("return window.shown"), [told, "closed"])

    # At night she is not called, and her own line says until when. The number in the title still counts.
    hour = datetime.now(UTC).replace(minute=0)  # the browser's zone: see functional_tests/chromium.py
    begin, end = f"{hour - timedelta(hours=1):%H:%M}", f"{hour + timedelta(hours=2):%H:%M}"
    you.open()
    you.choose_clock(24)
    you.switch("quiet")
    you.set_hours(begin, end)
    you.close()
    wait_for(you.state, f"Active, quiet until {end}")
    calls = page.calls()
    _say(alice, kitchen["id"], f"Are you there, @{name}?")
    wait_for(page.calls, calls + 1)
    _say(alice, garden["id"], "Nobody is called by this")
    wait_for(lambda: page.timeline.texts()[-1:], ["Nobody is called by this"])
    assert browser.run("return window.shown") == [told, "closed"]


def test_rooms_and_people_by_the_keyboard(
    window: OpenWindow, people: People, room: OpenRoom, connect: Connect, server: Server
) -> None:
    # Bob is in three rooms; in one of them he was called, in another something was said.
    cellar, attic, den = room("Cellar", "bob"), room("Attic", "bob"), room("Den", "bob")
    bob = window(people["bob"])
    page = ChatRoom(bob, den["slug"])
    alice = connect("alice")
    _say(alice, attic["id"], "Dust")
    _say(alice, cellar["id"], f"@{people['bob'].handle}, mice!")
    wait_for(lambda: page.rooms.is_for_me(cellar["name"]))

    # What is for him is offered first. A few letters of the other one, and he is there.
    switcher = Switcher(bob)
    wait_for(switcher.offers, lambda names: cellar["name"] in names)
    assert switcher.offers().index(cellar["name"]) < switcher.offers().index(attic["name"])
    switcher.type("atc" + Keys.ENTER)
    wait_for(page.rooms.current, attic["name"])
    wait_for(page.timeline.texts, ["Dust"])

    # Alt and an arrow lead to where something is unread, one room after the other.
    wait_for(lambda: page.rooms.unread(attic["name"]), "")
    while (here := page.rooms.current()) != cellar["name"]:
        ActionChains(bob.driver).key_down(Keys.ALT).send_keys(Keys.ARROW_DOWN).key_up(Keys.ALT).perform()
        wait_for(page.rooms.current, lambda name: name not in ("", here))

    # He sets himself away, and Alice sees it.
    hers = ChatRoom(window(people["alice"]), cellar["slug"])
    wait_for(hers.people.active, ["Alice", "Bob"])
    you = You(bob)
    you.open()
    you.set_away()
    you.close()
    wait_for(you.state, "Away")
    wait_for(hers.people.active, ["Alice"])

    # She calls him from his card, and looks into a room before she opens it.
    hers.browser.press(f"#people-groups [data-user-id='{people['bob'].id}']")
    hers.browser.press("#person-card-mention")
    hers.begin("still there?" + Keys.ENTER)
    wait_for(lambda: page.timeline.texts()[-1:], [f"@{people['bob'].handle} still there?"])
    directory = Directory(hers.browser, attic["name"])
    wait_for(lambda: directory.look_into(attic["name"]), ["Alice Dust now"])


def test_a_few_people_talk_apart(window: OpenWindow, people: People, room: OpenRoom, alice: Browser) -> None:
    # Alice writes to Bob and Carol at once.
    page = ChatRoom(alice, room("Hall", "bob", "carol")["slug"])
    bob = ChatRoom(window(people["bob"]), alice.path.split("/")[2])
    alice.press(".rooms__top [data-opens='write-to']")
    for name in ("bob", "carol"):
        alice.paste("#write-to-who", people[name].handle)
        wait_for(lambda: alice.texts("#write-to .finder__found small"), [f"@{people[name].handle}"])
        alice.press("#write-to .finder__found .tool")
        wait_for(lambda: alice.text("#write-to-said"), f"{name.title()} is selected.")
    alice.press("#write-to-start")
    wait_for(page.name, "Bob and Carol")
    page.write("Just us three")

    # Bob finds it among his conversations, called after the others in it, and it is for him.
    wait_for(lambda: bob.rooms.is_for_me("Alice and Carol"))
    bob.rooms.open("Alice and Carol")
    wait_for(bob.timeline.texts, ["Just us three"])
