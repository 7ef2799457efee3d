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

    # Until she has opened it, whoever comes is told so, and finds nothing else.
    mallory = window()
    for path in ("/", "/accounts/login/", "/accounts/signup/", "/rooms/", "/admin/"):
        mallory.open(path)
        assert mallory.heading() == "Setup is not finished"
    assert mallory.status_of("/accounts/login/") == 503

    # She opens it and types her name; a handle is suggested. She says what the server and the first room are called, and
    # makes two mistakes. They are shown together, and what she typed is still there, the password, too.
    alice = window()
    setup = Setup(alice, link)
    assert alice.heading() == "Set up this server"
    assert setup.type_name("Älice Ames") == "alice.ames"
    setup.begin("Alice Ames", "admin", "alice@example", PASSWORD, room="Tea room", server="Northwind")
    wait_for(setup.mistakes, ["handle", "email"])
    assert setup.password() == PASSWORD
    assert alice.title == "Please correct this: First run · Parley"
    setup.correct("handle", "alice")
    setup.correct("email", "alice@example.org")
    setup.send()

    # She stands in that room, as its owner, with nobody else in it. The tab says where she is.
    wait_for(lambda: alice.path, "/rooms/tea-room/")
    room = ChatRoom(alice)
    assert room.name() == "Tea room"
    wait_for(lambda: alice.title, "#Tea room · Northwind")
    wait_for(room.people.active, ["Alice Ames"])
    assert room.people.role("Alice Ames") == "Owner"

    # What she writes is said.
    room.write("Is this on?")
    wait_for(room.timeline.said, ["Alice Ames: Is this on?"])

    # The link has done its work: whoever finds it in the console's window later finds nothing behind it.
    for late in (alice, mallory):
        late.open(link)
        assert late.heading() == "There is nothing here"
    assert mallory.status_of(link) == 404
