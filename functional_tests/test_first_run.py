"""Alice starts a server of her own."""

import pytest

from functional_tests.conftest import OpenWindow
from functional_tests.pages.chat_room import ChatRoom
from functional_tests.pages.setup import Setup, printed_link
from functional_tests.people import PASSWORD
from functional_tests.servers import OwnServer
from functional_tests.waiting import wait_for


@pytest.fixture(scope="module")
def server(fresh_server: OwnServer) -> OwnServer:
    return fresh_server


def test_alice_makes_the_house_hers(server: OwnServer, window: OpenWindow) -> None:
    # Alice has started the server. The console shows her a link that is meant for her alone.
    link = wait_for(lambda: printed_link(server.said()))
    assert link.startswith(server.url)

    # She opens it, says who she is and what the first room is called ...
    alice = window()
    setup = Setup(alice, link)
    assert alice.heading() == "Set up this server"
    setup.begin("Alice Ames", "alice", "alice@example.org", PASSWORD, room="Tea room")

    # ... and stands in that room, as its owner, with nobody else in it.
    wait_for(lambda: alice.path, "/rooms/tea-room/")
    room = ChatRoom(alice)
    assert room.name() == "Tea room"
    wait_for(room.people.active, ["Alice Ames"])
    assert room.people.role("Alice Ames") == "Owner"

    # What she writes is said.
    room.write("Is this on?")
    wait_for(room.timeline.said, ["Alice Ames: Is this on?"])

    # The link has done its work: whoever finds it in the console's window later finds nothing behind it.
    mallory = window()
    for late in (alice, mallory):
        late.open(link)
        assert late.heading() == "There is nothing here"
    assert mallory.status_of(link) == 404
