"""A room on paper: the messages of the days that one chooses, without the frame."""

from datetime import UTC, datetime, timedelta

from functional_tests.browser import Browser
from functional_tests.conftest import Connect, OpenRoom
from functional_tests.pages.chat_room import ChatRoom
from functional_tests.servers import Server, behind_the_scenes
from functional_tests.waiting import wait_for

# A browser without a printer: what would be printed is kept, and stays on the page.
CATCH = "window.print = () => { window.printed = document.title; }"
SET_DAY = "const field = document.querySelector(arguments[0]); field.value = arguments[1]"
FRAME = "#rooms, #composer, #people, #room-more, #print, .timeline"


def test_a_room_is_printed_for_chosen_days(server: Server, room: OpenRoom, alice: Browser, connect: Connect) -> None:
    # Nine messages, three on each of the last three days.
    opened = room("On paper", "bob")
    bob = connect("bob")
    for number in range(1, 10):
        assert bob.call("send", {"room": opened["id"], "client_id": f"{number}" * 32, "text": f"*Line* {number}"})["ok"]
    behind_the_scenes(server, "spread", opened["id"], 3)
    hers = ChatRoom(alice, opened["slug"])
    wait_for(lambda: len(hers.timeline.texts()), 9)

    # She prints the day before yesterday.
    alice.run(CATCH)
    alice.press("#room-more")
    alice.press("#print-item")
    wait_for(lambda: alice.run("return document.querySelector('#print-to').value"))
    day = (datetime.now(UTC) - timedelta(days=2)).date().isoformat()
    for field in ("#print-from", "#print-to"):
        alice.run(SET_DAY, field, day)
    alice.press("#print-do")
    wait_for(lambda: alice.texts(".printed .prose"), ["Line 4", "Line 5", "Line 6"])
    assert alice.run("return window.printed").startswith(f"#{opened['name']}")

    # On paper is that, and no frame. On the screen it is the other way round.
    assert not alice.sees(".printed")
    alice.tell("Emulation.setEmulatedMedia", media="print")
    wait_for(lambda: alice.sees(".printed .prose"))
    assert not alice.sees(FRAME)

    # Afterwards it is gone. Printed without choosing, the page shows the messages that are at hand.
    alice.run("dispatchEvent(new Event('afterprint'))")
    wait_for(lambda: alice.sees("#messages .prose"))
    assert not alice.sees(".printed, #rooms, #composer, #people, #room-more")
    alice.tell("Emulation.setEmulatedMedia", media="")
    wait_for(lambda: alice.sees("#composer"))

    # Days without messages say so.
    alice.press("#room-more")
    alice.press("#print-item")
    for field in ("#print-from", "#print-to"):
        alice.run(SET_DAY, field, "2020-01-01")
    alice.press("#print-do")
    wait_for(lambda: alice.text("#print-said"), "There are no messages on these days.")
