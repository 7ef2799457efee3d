"""What was said once is found again, where it was said."""

from selenium.webdriver.common.keys import Keys

from functional_tests.browser import Browser
from functional_tests.conftest import Connect, OpenRoom, OpenWindow
from functional_tests.pages.chat_room import ChatRoom
from functional_tests.pages.search import Hit, Search, found
from functional_tests.people import People
from functional_tests.servers import Server
from functional_tests.waiting import wait_for


def test_a_message_is_found_and_read_where_it_was_said(
    first_room: str, room: OpenRoom, connect: Connect, bob: Browser, people: People, server: Server
) -> None:
    # Alice said something about a lamp, long ago. Since then much was said here; and in another room, which Bob is in, too.
    lounge, workshop = room("Lounge", "bob"), room("Workshop", "bob")
    alice = connect("alice")
    _say(alice, lounge, "Mind the step", "The <i>lighthouse</i> lamp is green", "I like it")
    _say(alice, lounge, *(f"message {number}" for number in range(80)))
    _say(alice, workshop, "Lighthouses are painted on Monday")
    secret = alice.call("create", {"name": f"Secret {lounge['id']}", "kind": "private"})["room"]
    _say(alice, secret, "The lighthouse is for sale")

    # Bob remembers only part of a word. He presses the slash, and sees both messages, with what stands around them.
    his = ChatRoom(bob, workshop["slug"])
    search = Search(bob)
    wait_for(lambda: found(server, people["carol"], "lighthouse"), 2)
    search.open_by_key()
    wait_for(search.is_open)
    search.ask("lightho")
    wait_for(search.said, "2 messages")
    assert search.hits() == [
        Hit(workshop["name"], "Alice", "Lighthouses are painted on Monday", "Lighthouses", ""),
        Hit(
            lounge["name"],
            "Alice",
            "The <i>lighthouse</i> lamp is green",
            "lighthouse",
            "Alice: Mind the step | Alice: I like it",
        ),
    ]

    # He narrows it to the other room, by what is offered to him.
    search.ask("lightho in:loun")
    wait_for(search.offered, [f"#{lounge['name']}"])
    bob.press("#search-hints button")
    wait_for(search.said, "1 message")

    # Enter leads to the result, and once more to where it was said, in one window and without a mouse.
    search.press(Keys.ENTER)
    wait_for(search.focused, "The <i>lighthouse</i> lamp is green")
    search.press(Keys.ENTER)
    wait_for(lambda: bob.path, f"/rooms/{lounge['slug']}/2/")
    wait_for(his.timeline.at_hand, 2)
    assert his.name() == lounge["name"]
    # The results stay beside the room, and do not keep the keys from it. Escape in them closes them.
    wait_for(search.is_beside)
    bob.press("#search-box")
    search.press(Keys.ESCAPE)
    wait_for(lambda: not search.is_open())

    # The slash brings back what he looked for; down and up go through the results, Escape goes back to the room.
    search.open_by_key()
    wait_for(search.said, "1 message")
    search.ask("message")
    wait_for(search.said, "20 messages, and there are more")
    search.go_down()
    search.go_down()
    wait_for(search.focused, "message 78")
    search.press(Keys.ARROW_UP)
    search.press(Keys.ARROW_UP)
    wait_for(search.focused, "search-box")
    bob.press("#search-more")
    wait_for(search.said, "40 messages, and there are more")
    wait_for(search.focused, "message 59")
    search.press(Keys.ESCAPE)
    wait_for(lambda: not search.is_open())

    # In this room only: one key.
    search.open_by_key()
    search.press(Keys.CONTROL + Keys.SHIFT + "f")
    wait_for(search.asked, f"in:{lounge['slug']} message")
    search.press(Keys.ESCAPE)
    wait_for(lambda: not search.is_open())

    # Nothing of what he may not read is found, and it is said in words.
    search.open_by_key()
    search.ask("sale")
    wait_for(search.said, lambda said: said.startswith("No results"))
    search.ask(f"sale in:{secret['slug']}")
    wait_for(search.said, f"There is no room “{secret['slug']}” that you can see.")
    alice.close()


def test_the_search_fits_a_phone(
    first_room: str, room: OpenRoom, connect: Connect, people: People, window: OpenWindow, server: Server
) -> None:
    opened = room("Pocket", "bob")
    alice = connect("alice")
    _say(alice, opened, "A searchlight and a very long word: " + "lighthouse" * 20, "short searchlight")
    phone = window(people["bob"])
    phone.become_a_phone()
    ChatRoom(phone, opened["slug"])
    search = Search(phone)
    wait_for(lambda: found(server, people["carol"], "searchlight"), 2)
    phone.press(".sheet__head [data-opens=search].only-narrow")
    search.ask("searchlight")
    wait_for(search.said, "2 messages")
    assert phone.fits_the_width()
    phone.press(".hit a")
    wait_for(lambda: phone.path, f"/rooms/{opened['slug']}/2/")
    alice.close()


def _say(author, room, *texts: str) -> None:  # type: ignore[no-untyped-def]
    for number, text in enumerate(texts):
        client_id = f"found-{room['id']}-{len(texts)}-{number:03}"
        assert author.call("send", {"room": room["id"], "client_id": client_id, "text": text})["ok"]
