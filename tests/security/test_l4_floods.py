"""L4, L5 and M6: what nothing counted is counted: hints, syncs, acts, connections and rooms."""

import itertools
from contextlib import ExitStack, closing

import pytest

from tests.live.test_abuse import eventually
from tests.security.conftest import CONNECTS, MOST_ANONYMOUS
from tests.security.mallory import codes
from tests.support.wire_client import WireClient
from tests.support.wire_protocol import SOCKET_IO
from tests.support.wire_socket import Rejected, WireSocket


def test_l4_typing_by_turns_in_two_rooms_is_limited(mallory):
    mal = mallory()
    rooms = itertools.cycle([mal.room["id"], mal.make_room()["id"]])
    assert codes(mal.volley(("typing", {"room": next(rooms)}) for _ in range(100))).count("rate_limited") > 60


def test_l4_status_by_turns_is_limited(mallory):
    mal = mallory()
    status = itertools.cycle(["away", "active"])
    assert codes(mal.volley(("status", {"status": next(status)}) for _ in range(100))).count("rate_limited") > 30


def test_l4_syncs_are_limited(mallory):
    mal = mallory()
    assert codes(mal.volley(("sync", {"rooms": {}}) for _ in range(100))).count("ok") <= 40


def test_l4_acts_that_fill_the_record_are_limited(mallory):
    mal = mallory()
    topics = [("update_room", {"room": mal.room["id"], "topic": f"{index} {'x' * 200}"}) for index in range(15)]
    notify = [("notify", {"room": mal.room["id"], "muted": bool(index % 2)}) for index in range(15)]
    assert codes(mal.volley(topics + notify)).count("ok") == 20


def test_l5_a_person_has_no_more_than_twenty_connections(server, people):
    clients = [WireClient(server.port, people["carol"].cookie) for _ in range(21)]
    try:
        assert [client.refusal for client in clients[:20]] == [None] * 20
        refusal = clients[20].refusal
        assert refusal
        assert refusal["data"]["code"] == "rate_limited"
        clients[0].close()
        again = WireClient(server.port, people["carol"].cookie)
        clients.append(again)
        assert again.refusal is None
    finally:
        for client in clients[1:]:
            client.close()


def test_l5_nobody_comes_and_goes_without_end(server, people, unused):
    """Each time all rooms are told, of which there may be 1,000: 40 ms of the loop."""
    cookie = people[next(unused)].cookie

    def comes_and_goes() -> str:
        client = WireClient(server.port, cookie)
        client.close()
        return client.refusal["data"]["code"] if client.refusal else "ok"

    assert [comes_and_goes() for _ in range(CONNECTS + 1)] == ["ok"] * CONNECTS + ["rate_limited"]


def test_l5_one_address_has_few_connections_that_are_not_logged_in(server, people):
    def opened(more: str = "") -> WireSocket:
        return WireSocket(server.port, target=SOCKET_IO + more, seconds=10)

    with ExitStack() as waiting:
        first = opened()
        for _ in range(MOST_ANONYMOUS - 1):
            waiting.enter_context(closing(opened()))
        # The second names no session, though it looks like it.
        for more in ("", "&xsid=1"):
            with pytest.raises(Rejected) as refused:
                opened(more)
            assert refused.value.status == 429
        first.close()

        def is_let_in() -> bool:
            try:
                client = WireClient(server.port, people["carol"].cookie)
            except Rejected:
                return False
            client.close()
            return client.refusal is None

        assert eventually(is_let_in, 60)
