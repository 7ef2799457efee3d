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
    "Enter to send",
)
SIDE_BY_SIDE = """
const middle = (css) => { const box = document.querySelector(css).getBoundingClientRect(); return (box.left + box.right) / 2; };
return arguments[0].map(middle);
"""
EDGES = """
const edges = (css) => { const box = document.querySelector(css).getBoundingClientRect(); return [box.left, box.right]; };
return arguments[0].map(edges);
"""
# Where two letters of a text stand.
LETTERS = """
const [css, ...places] = arguments;
const text = document.createTreeWalker(document.querySelector(css), NodeFilter.SHOW_TEXT).nextNode();
return places.map((place) => {
  const range = new Range();
  range.setStart(text, place);
  range.setEnd(text, place + 1);
  return range.getBoundingClientRect().left;
});
"""


def test_a_person_chooses_german_and_the_chat_is_german(bob: Browser, room: OpenRoom, connect: Connect) -> None:
    # Bob reads the chat in English, as his browser asked.
    kitchen = room("Kitchen", "bob")
    connect("alice").call("send", {"room": kitchen["id"], "client_id": "german-1", "text": "Guten Tag"})
    his = ChatRoom(bob, kitchen["slug"])
    wait_for(his.timeline.texts, ["Guten Tag"])
    assert bob.find("html").get_attribute("lang") == "en"

    # He chooses German in his menu, which alone changes nothing, and presses the button. The same room comes back in German:
    # what the server wrote and what scripts say.
    bob.press("#me")
    bob.press("#language option[value=de]")
    bob.press("#language-use")
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


def test_dialogs_mirror_and_what_is_latin_in_them_does_not(alice: Browser, room: OpenRoom, connect: Connect) -> None:
    kitchen = room("Kitchen", "bob", topic="Pots and pans")
    connect("bob").call("send", {"room": kitchen["id"], "client_id": "right-to-left-2", "text": "hello"})
    hers = ChatRoom(alice, kitchen["slug"])
    wait_for(hers.timeline.texts, ["hello"])
    alice.run("document.documentElement.dir = 'rtl'")

    # The rule beside the topic is on the name's side, whichever way the topic runs.
    name, topic = alice.run(EDGES, ["#room-name", "#room-topic"])
    assert topic[1] < name[0]
    assert alice.run("return getComputedStyle(document.querySelector('.room-topic')).direction") == "rtl"

    # A heading begins where the fields below it do; a room keeps its sign before its name.
    alice.run("document.querySelector('#settings-item').click()")
    wait_for(lambda: alice.sees("#room-settings[open]"))
    heading, field = alice.run(EDGES, ["#room-settings-title", "#room-settings .input"])
    assert heading[1] == field[1]
    sign, first = alice.run(LETTERS, "#room-settings-about", 0, 1)
    assert sign < first
    alice.run("document.querySelector('#room-settings').close()")

    # Keys are pressed in the order in which they are written everywhere.
    alice.run("document.querySelector(\"[data-opens='help']\").click()")
    wait_for(lambda: alice.sees("#help[open]"))
    ctrl, k = alice.run(SIDE_BY_SIDE, ["#help-keys dd kbd:first-child", "#help-keys dd kbd:last-child"])
    assert ctrl < k
    alice.run("document.querySelector('#help').close()")

    # A name stands beside its face, and a handle keeps its sign before it.
    hers.timeline.press_key("k")
    hers.timeline.press_key("m")
    wait_for(lambda: alice.sees("#moderate[open]"))
    words, face = alice.run(EDGES, ["#moderate-name", "#moderate-face"])
    assert 0 < face[0] - words[1] < 40
    sign, first = alice.run(LETTERS, "#moderate-facts", 0, 1)
    assert sign < first
