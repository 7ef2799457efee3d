"""The heart of it: Alice and Bob, each at a window of their own."""

from functional_tests.browser import Browser
from functional_tests.conftest import OpenWindow
from functional_tests.pages.chat_room import ChatRoom
from functional_tests.pages.log_in import LogIn
from functional_tests.people import PASSWORD, People
from functional_tests.servers import Server
from functional_tests.waiting import wait_for


def test_bob_comes_and_they_talk(first_room: str, server: Server, alice: Browser, window: OpenWindow) -> None:
    # Alice has her first room open. She is alone.
    alice.open("/")
    hers = ChatRoom(alice)
    hers.rooms.open(first_room)
    wait_for(hers.name, first_room)
    wait_for(hers.people.active, ["Alice"])

    # Bob has heard of it. In a private window he opens the address, has no account, and makes one.
    bob = window()
    bob.open("/")
    LogIn(bob).make_an_account().make_account("Bob Bell", f"bobby{server.suffix}", PASSWORD)

    # He lands in the room, and each sees the other there, without touching anything.
    his = _newcomer(bob, server, first_room)
    wait_for(his.people.active, ["Alice", "Bob Bell"])
    wait_for(hers.people.active, ["Alice", "Bob Bell"])

    # Bob begins to write. Alice sees that before she sees a word of it.
    his.begin("Hello")
    wait_for(hers.typing, "Bob Bell is typing")
    his.write(", anybody here?")
    wait_for(hers.timeline.said, ["Bob Bell: Hello, anybody here?"])
    wait_for(hers.typing, "")

    # Alice answers, in two goes; Bob thanks her.
    hers.write("Only me.")
    hers.write("Come in!")
    wait_for(his.timeline.texts, ["Hello, anybody here?", "Only me.", "Come in!"])
    his.write("Thank you")

    # Both have the same talk before them.
    talk = ["Bob Bell: Hello, anybody here?", "Alice: Only me.", "Alice: Come in!", "Bob Bell: Thank you"]
    wait_for(hers.timeline.said, talk)
    wait_for(his.timeline.said, talk)

    # Bob reloads the page: everything is there, in order, once.
    bob.reload()
    his = ChatRoom(bob)
    wait_for(his.timeline.said, talk)

    # He closes the tab, and Alice sees him go.
    bob.close_tab()
    wait_for(hers.people.active, ["Alice"])
    assert "Bob Bell" in hers.people.offline()  # others, of other stories, may have come to the first room before

    # He opens it again, and she sees him come.
    bob.open("/")
    his = ChatRoom(bob)
    wait_for(hers.people.active, ["Alice", "Bob Bell"])
    wait_for(his.timeline.said, talk)


def test_bob_logs_out_and_in_again(first_room: str, server: Server, alice: Browser, window: OpenWindow) -> None:
    # Bob has made an account, and is in the room.
    handle = f"robert{server.suffix}"
    bob = window()
    bob.open("/")
    LogIn(bob).make_an_account().make_account("Robert", handle, PASSWORD)
    his = _newcomer(bob, server, first_room)

    # He logs out. Alice sees him go at once, and he is at the door.
    alice.open("/")
    hers = ChatRoom(alice)
    hers.rooms.open(first_room)
    wait_for(hers.people.active, lambda names: "Robert" in names)
    his.log_out()
    door = LogIn(bob)
    wait_for(hers.people.active, lambda names: "Robert" not in names)

    # A wrong password does not open it, and says so; the right one does.
    door.log_in(handle, "not the password at all")
    wait_for(door.refusal)
    door.log_in(handle, PASSWORD)
    his = _newcomer(bob, server, first_room)
    wait_for(hers.people.active, lambda names: "Robert" in names)


def test_a_stranger_is_asked_who_they_are(window: OpenWindow, people: People) -> None:
    # Mallory has no account. Whatever she opens, she is at the door, and nothing is told of who is inside.
    mallory = window()
    for path in ("/", "/rooms/", "/rooms/the-hall/"):
        mallory.open(path)
        LogIn(mallory)
        assert people["alice"].name not in mallory.text("body")


def _newcomer(browser: Browser, server: Server, first_room: str) -> ChatRoom:
    """The page that somebody lands on; where others live, there may be more than one room for newcomers."""
    page = ChatRoom(browser)
    if server.suffix:
        page.rooms.open(first_room)
    wait_for(page.name, first_room)
    return page
