"""L4, L5 and M6: what nothing counted is counted: hints, syncs, acts, connections and rooms."""

import itertools

from tests.live.wire_client import WireClient
from tests.security.mallory import codes


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
    topics = [("update", {"room": mal.room["id"], "topic": f"{index} {'x' * 200}"}) for index in range(15)]
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
