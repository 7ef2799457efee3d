"""Bob is on the train: a phone shows one thing at a time, and nothing sticks out."""

from functional_tests.browser import Browser
from functional_tests.conftest import Connect, OpenRoom
from functional_tests.pages.chat_room import ChatRoom
from functional_tests.pages.directory import Directory
from functional_tests.waiting import wait_for

FOCUSED = "return document.activeElement.id"
ROOMS, SHEET, PEOPLE = "#rooms", "#main", "#people"
TOO_LONG = "Donaudampfschifffahrtsgesellschaftskapitän" * 6


def test_one_pane_at_a_time(bob: Browser, room: OpenRoom, connect: Connect) -> None:
    # Bob opens the chat on his phone and sees his rooms, nothing else.
    bob.become_a_phone()
    kitchen, garden = room("Kitchen", "bob"), room("Garden", "bob")
    bob.open("/")
    wait_for(lambda: _panes(bob), [ROOMS])
    assert bob.fits_the_width()

    # A touch, and the room has the whole screen. He writes, and presses the button, for Enter only makes a line.
    his = ChatRoom(bob)
    his.rooms.open(kitchen["name"])
    wait_for(lambda: _panes(bob), [SHEET])
    wait_for(his.name, kitchen["name"])
    his.begin("On the train")
    his.press_send()
    wait_for(his.timeline.texts, ["On the train"])

    # Alice answers with a word that no phone is wide enough for. It stays in its row.
    alice = connect("alice")
    alice.call("send", {"room": kitchen["id"], "client_id": "too-long", "text": TOO_LONG})
    wait_for(his.timeline.texts, ["On the train", TOO_LONG])
    assert his.timeline.cut_off() == []
    assert bob.fits_the_width()

    # The title leads to the people, and a press back to the room.
    bob.press("#here")
    wait_for(lambda: bob.sees(PEOPLE))
    wait_for(his.people.active, ["Alice", "Bob"])
    assert bob.fits_the_width()
    bob.press("#people-close")
    wait_for(lambda: _panes(bob), [SHEET])

    # Back goes up one, to the rooms, where the other room has something new by now.
    alice.call("send", {"room": garden["id"], "client_id": "garden-1", "text": "Meanwhile, here"})
    bob.press("#back")
    wait_for(lambda: _panes(bob), [ROOMS])
    wait_for(lambda: his.rooms.unread(garden["name"]), "1")
    assert bob.fits_the_width()

    # He reads it; the phone's own way back leads to the rooms as well.
    his.rooms.open(garden["name"])
    wait_for(lambda: _panes(bob), [SHEET])
    wait_for(his.timeline.texts, ["Meanwhile, here"])
    bob.driver.back()
    wait_for(lambda: _panes(bob), [ROOMS])
    wait_for(lambda: his.rooms.unread(garden["name"]), "")

    # Much is said there, and he reads it. Where he opens the chat anew, and presses the room he was in last, he is at its end,
    # and the room's name has the focus; back among the rooms, its link has.
    for number in range(2, 32):
        alice.call("send", {"room": garden["id"], "client_id": f"garden-{number}", "text": f"Bed {number} is weeded"})
    his.rooms.open(garden["name"])
    wait_for(his.timeline.is_at_the_present)
    wait_for(lambda: his.rooms.unread(garden["name"]), "")
    bob.open("/")
    his.rooms.open(garden["name"])
    wait_for(lambda: bob.sees("#messages article"))
    wait_for(his.timeline.is_at_the_present)
    wait_for(lambda: bob.run(FOCUSED), "room-name")
    bob.press("#back")
    wait_for(lambda: bob.run("return document.activeElement.textContent").strip(), garden["name"])


def test_every_page_fits_a_phone(bob: Browser, room: OpenRoom) -> None:
    # Nothing has to be pushed sideways: neither the directory, nor a room with a long name, nor the door.
    bob.become_a_phone(320, 640)
    long_name = room("W" * 40, "bob", topic="T" * 200)
    Directory(bob)
    assert bob.fits_the_width()
    ChatRoom(bob, long_name["slug"])
    assert bob.fits_the_width()
    for path in ("/accounts/logout/", "/rooms/no-such-room/"):
        bob.open(path)
        assert bob.fits_the_width()


def _panes(browser: Browser) -> list[str]:
    return [pane for pane in (ROOMS, SHEET, PEOPLE) if browser.sees(pane)]
