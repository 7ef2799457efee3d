"""Somebody in more rooms than come whole: what is not in sight comes when it is opened."""

from collections.abc import Iterator

import pytest

from functional_tests.browser import Browser
from functional_tests.conftest import OpenWindow
from functional_tests.pages.chat_room import ChatRoom
from functional_tests.people import bring_people
from functional_tests.servers import Server
from functional_tests.waiting import wait_for
from tests.support.wire_client import WireClient

# One more than static/js/store/sync_pieces.js lets come whole.
ROOMS = 21
SAID = 60


@pytest.fixture(scope="module")
def edda(server: Server) -> Iterator[WireClient]:
    client = WireClient(server.port, bring_people(server, "edda", "dora")["edda"].cookie)
    yield client
    client.close()


@pytest.fixture(scope="module")
def rooms(server: Server, edda: WireClient) -> list[dict[str, str]]:
    """Edda's rooms, all of which dora is in; in the last one edda has said much."""
    dora = bring_people(server, "edda", "dora")["dora"]
    opened = []
    for number in range(ROOMS):
        name = f"Room {number:02}{server.suffix}"
        room = edda.call("create", {"name": name, "kind": "private"})["room"]
        assert edda.call("invite", {"room": room["id"], "user": dora.id})["ok"]
        opened.append(room)
    for number in range(1, SAID + 1):
        message = {"room": opened[-1]["id"], "client_id": f"many-rooms-{number}", "text": f"Line {number}"}
        assert edda.call("send", message)["ok"]
    return opened


@pytest.fixture
def dora(window: OpenWindow, server: Server) -> Browser:
    return window(bring_people(server, "edda", "dora")["dora"])


def test_a_room_out_of_sight_says_how_much_is_unread_and_has_it_all_when_it_is_opened(
    dora: Browser, edda: WireClient, rooms: list[dict[str, str]]
) -> None:
    # Dora comes into one of her rooms. Of another one she sees how much she has not read.
    library = rooms[-1]
    hers = ChatRoom(dora, rooms[0]["slug"])
    wait_for(lambda: hers.rooms.unread(library["name"]), str(SAID))

    # She opens it, and begins to read where she has not read yet.
    hers.rooms.open(library["name"])
    wait_for(lambda: "Line 1" in hers.timeline.texts())
    hers.timeline.go_to_the_present()
    wait_for(lambda: hers.timeline.texts()[-1:], [f"Line {SAID}"])
    wait_for(lambda: hers.rooms.unread(library["name"]), "")

    # She comes back another time, with nothing unread there: it opens at its end, with what was said before.
    hers = ChatRoom(dora, rooms[1]["slug"])
    hers.rooms.open(library["name"])
    wait_for(lambda: hers.timeline.texts()[-2:], [f"Line {SAID - 1}", f"Line {SAID}"])
    wait_for(lambda: len(hers.timeline.texts()) > 20)
    wait_for(hers.timeline.is_at_the_present)

    # What is said now comes live, in the room that she reads and in one that she never opened.
    for room, text in ((library, "One more"), (rooms[5], "Here, too")):
        assert edda.call("send", {"room": room["id"], "client_id": f"many-rooms-live-{room['id']}", "text": text})["ok"]
    wait_for(lambda: hers.timeline.texts()[-1:], ["One more"])
    wait_for(lambda: hers.rooms.unread(rooms[5]["name"]), "1")
