"""Alice has a new server and invites Bob, who has no account. It is the same link where sign-up is open and where it is not."""

from collections.abc import Iterator

import pytest

from functional_tests.conftest import OpenWindow
from functional_tests.pages.chat_room import ChatRoom
from functional_tests.pages.directory import Directory
from functional_tests.pages.inviting import Invited, Inviting
from functional_tests.pages.setup import Setup, printed_link
from functional_tests.people import PASSWORD
from functional_tests.servers import OwnServer
from functional_tests.waiting import wait_for


@pytest.fixture(scope="module", params=["open", "invite"])
def server(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[OwnServer]:
    running = OwnServer(tmp_path_factory.mktemp("inviting"), SIGNUP=request.param, NEWCOMER_MINUTES="60")
    running.start()
    yield running
    running.stop()


def test_one_link_brings_bob_in_and_another_one_needs_one_press(server: OwnServer, window: OpenWindow) -> None:
    alice, bob = window(), window()
    Setup(alice, wait_for(lambda: printed_link(server.said()))).begin(
        "Alice Ames", "alice", "alice@example.org", PASSWORD, room="Tea room"
    )
    wait_for(lambda: alice.path, "/rooms/tea-room/")
    hers = ChatRoom(alice)

    # Her first room is empty, and offers the next step. The link can be copied, or held before a phone's camera.
    inviting = Inviting(alice, ".opening [data-opens='invite']")
    link = inviting.link()
    assert link.startswith(f"{server.url}/invited/")
    assert inviting.shows_code()
    inviting.close()

    # Bob opens it and reads who wants him where. He creates his account on that very page, and is in the room.
    invited = Invited(bob, link)
    assert invited.heading() == "Alice Ames invites you to Tea room at Parley"
    invited.create_account("Bob Bell", "bob", PASSWORD)
    wait_for(lambda: bob.path, "/rooms/tea-room/")
    his = ChatRoom(bob)
    wait_for(his.people.active, ["Alice Ames", "Bob Bell"])
    wait_for(hers.people.active, ["Alice Ames", "Bob Bell"])

    # He was invited, so that he is no stranger here who had to do with one link in a message.
    text = "https://a.example and https://b.example"
    his.write(text)
    wait_for(hers.timeline.said, [f"Bob Bell: {text}"])

    # In People, Alice finds the same link again. She opens a private room; the sidebar's button invites into that one.
    inviting = Inviting(alice, "#people #invite-open")
    assert inviting.link() == link
    inviting.close()
    Directory(alice).open_new_room("Cellar", kind="private")
    wait_for(lambda: alice.path, lambda path: path.startswith("/rooms/cellar-"))
    ChatRoom(alice)
    cellar = Inviting(alice, "#invite-people").link()
    assert cellar != link

    # Bob is logged in. One press, and he is there.
    invited = Invited(bob, cellar)
    assert invited.heading() == "Alice Ames invites you to Cellar at Parley"
    invited.join()
    wait_for(lambda: bob.path, alice.path)
    wait_for(ChatRoom(bob).people.active, ["Alice Ames", "Bob Bell"])
