"""Bob reads German, and somebody else writes from right to left."""

from functional_tests.browser import Browser
from functional_tests.conftest import Connect, OpenRoom
from functional_tests.pages.chat_room import ChatRoom
from functional_tests.waiting import wait_for

ENGLISH = (
    "Rooms",
    "Mentions",
    "Direct messages",
    "Search",
    "Write to",
    "People",
    "Today",
    "Owner",
    "The beginning",
    "Enter sends",
)
SIDE_BY_SIDE = """
const middle = (css) => { const box = document.querySelector(css).getBoundingClientRect(); return (box.left + box.right) / 2; };
return arguments[0].map(middle);
"""


def test_a_person_chooses_german_and_the_chat_is_german(bob: Browser, room: OpenRoom, connect: Connect) -> None:
    # Bob reads the chat in English, as his browser asked.
    kitchen = room("Kitchen", "bob")
    connect("alice").call("send", {"room": kitchen["id"], "client_id": "german-1", "text": "Guten Tag"})
    his = ChatRoom(bob, kitchen["slug"])
    wait_for(his.timeline.texts, ["Guten Tag"])
    assert bob.find("html").get_attribute("lang") == "en"

    # He chooses German in his menu, and the same room comes back in German: what the server wrote and what scripts say.
    bob.press("#me")
    bob.press("#language option[value=de]")
    wait_for(lambda: bob.find("html").get_attribute("lang"), "de")
    wait_for(his.timeline.texts, ["Guten Tag"])
    wait_for(lambda: bob.texts(".day h2"), ["Heute"])
    wait_for(lambda: bob.text("#h-rooms"), "Räume")
    assert bob.find("#write").get_attribute("placeholder") == f"Nachricht an #{kitchen['name']}"
    wait_for(lambda: bob.text("#h-people").startswith("Leute"))
    seen = bob.run("return document.querySelector('.app').innerText")
    assert [words for words in ENGLISH if words in seen] == []

    # The pages of the door speak it as well, and there he takes English again.
    bob.open("/accounts/logout/")
    wait_for(bob.heading, "Abmelden?")
    bob.press_words("English", within="footer")
    wait_for(bob.heading, "Log out?")
    assert bob.errors() == []


def test_the_page_of_a_room_mirrors_from_right_to_left(bob: Browser, room: OpenRoom, connect: Connect) -> None:
    # A page whose language runs from right to left: the list of rooms is at the right, then the room, then its people.
    kitchen = room("Kitchen", "bob")
    connect("alice").call("send", {"room": kitchen["id"], "client_id": "right-to-left-1", "text": "שלום לכולם"})
    bob.be_as_large_as(1440, 900)
    his = ChatRoom(bob, kitchen["slug"])
    wait_for(his.timeline.texts, ["שלום לכולם"])
    bob.run("document.documentElement.dir = 'rtl'")
    people, sheet, rooms = bob.run(SIDE_BY_SIDE, ["#people", ".timeline", "#rooms"])
    assert people < sheet < rooms
    assert bob.fits_the_width()

    # Within a row the face is at the right of the words; in the box, what sends is at the left.
    words, face = bob.run(SIDE_BY_SIDE, [".message__content .prose", ".message .face"])
    assert words < face
    send, box, emoji = bob.run(SIDE_BY_SIDE, ["#send", "#write", "#write-emoji"])
    assert send < box < emoji

    # A menu opens beside its button and stays in the window.
    bob.press("#room-more")
    left, right = bob.run(
        "const box = document.querySelector('#room-menu').getBoundingClientRect(); return [box.left, box.right]"
    )
    assert left >= 0
    assert right <= 1440
    bob.press("#room-more")

    # A phone shows the room alone, and nothing sticks out.
    bob.become_a_phone()
    wait_for(bob.fits_the_width)
    send, box = bob.run(SIDE_BY_SIDE, ["#send", "#write"])
    assert send < box
    assert bob.errors() == []
